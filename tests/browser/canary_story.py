"""Two people write into every field of the app."""

from playwright.sync_api import expect

from tests.browser.canary import CANARY
from tests.browser.keeping import arrives, begin, choose, file, open_box
from tests.browser.linking import come_in, confirm
from tests.browser.partners import (
    KEY_MILLISECONDS,
    WORK_MILLISECONDS,
    Person,
    leave_for,
)
from tests.photos import photo


def write_alone(ana: Person) -> None:
    """Write under a candle and in a journal."""
    ana.go("sign-up")
    ana.sign_up("ana", words=f"my own {CANARY['password']} words")
    ana.screen("candle")
    ana.tap("light")
    ana.tap("more")
    ana.tap(ana.part("another", ".whom"))
    ana.fill(ana.part("text", ".naming-form"), CANARY["whom"])
    ana.tap(ana.page.locator(".naming-form .button.ours"))
    expect(ana.page.locator('.whom .chip[aria-pressed="true"]')).to_have_text(CANARY["whom"])
    ana.fill("words", CANARY["words"])
    ana.tap(ana.page.locator('[data-part="words-form"] .button'))
    expect(ana.part("words-own")).to_contain_text(CANARY["words"])
    expect(ana.part("words-own")).to_contain_text(CANARY["whom"])

    ana.open_page()
    ana.fill("text", CANARY["entry"])
    ana.tap(ana.page.locator('.chip[data-part="own"]'))
    ana.fill("own-word", CANARY["feeling"])
    ana.tap(ana.page.locator('[data-part="own-box"] .button'))
    ana.tap("save")
    ana.screen("journal")
    ana.tap("unfold")
    expect(ana.page.locator(".entry")).to_contain_text(CANARY["entry"])
    expect(ana.page.locator(".entry")).to_contain_text(CANARY["feeling"])


def come_together(ana: Person, sam: Person) -> str:
    """Link the two people, and return the invitation's link."""
    ana.tab("settings")
    ana.tap("to-invite")
    ana.fill("name", CANARY["name"])
    ana.tap("elsewhere")
    expect(ana.part("link")).to_be_visible()
    link = ana.part("link").input_value()
    sam.page.goto(link)
    sam.tap(sam.part("open").locator("a").first)
    sam.sign_up("sam")
    expect(sam.part("inviter")).to_contain_text(CANARY["name"])
    come_in(sam)
    confirm(ana, sam)
    return link


def write_together(ana: Person, sam: Person) -> None:
    """Write a letter, keep a day, answer a question, send a signal, write a card."""
    ana.open_page()
    ana.tap(ana.page.locator(".for-both"))
    ana.tap("letter")
    ana.screen("letter-write")
    ana.tap(ana.page.get_by_label("Someone else"))
    ana.fill("to", CANARY["addressee"])
    ana.fill("text", CANARY["letter"])
    ana.tap("save")
    ana.screen("letters")
    sam.tab("journal")
    expect(sam.page.locator(".entry")).to_contain_text(CANARY["letter"])
    expect(sam.page.locator(".entry")).to_contain_text(CANARY["addressee"])

    keep_a_day(ana)
    for person, answer in ((ana, CANARY["answer"]), (sam, "something else")):
        person.tab("talk")
        person.tap(person.page.locator('.on-the-table a[href$="/talk/questions"]'))
        person.tap(person.page.locator(".questions a").first)
        person.fill("text", answer)
        person.tap(person.page.locator('[data-part="form"] .button.ours'))
    expect(sam.part("answers")).to_contain_text(CANARY["answer"])
    sam.fill("line", CANARY["thread"])
    sam.tap(sam.page.locator('[data-part="thread-form"] .button'))
    expect(ana.part("lines")).to_contain_text(CANARY["thread"])
    ana.tab("talk")
    ana.tap(ana.page.locator('.on-the-table a[href$="/talk/questions"]'))
    ana.tap(ana.page.locator(".questions a").nth(1))
    ana.fill("text", CANARY["mine"])
    ana.tap("for-me")
    expect(ana.part("text")).to_have_value("")
    say_and_show(ana, sam)
    put_into_the_box(ana, sam)


def put_into_the_box(ana: Person, sam: Person) -> None:
    """Add a keepsake in words, change it, and add a photo with a canary in its file name."""
    begin(ana, "object", shared=True)
    ana.fill("title", CANARY["object"])
    ana.fill("text", CANARY["keepsake"])
    ana.tap("save")
    ana.screen("keepsakes")
    arrives(ana)
    open_box(ana)
    ana.tap("edit")
    ana.screen("keepsake-change")
    ana.fill("text", CANARY["later"])
    ana.tap(ana.page.locator("form .button.ours"))
    ana.screen("keepsake-look")
    begin(ana, "photo", shared=True)
    choose(ana, file(f"{CANARY['file']}.jpg", photo(300, 200)))
    ana.fill(ana.page.locator(".chosen textarea"), CANARY["caption"])
    ana.tap("save")
    ana.screen("keepsakes")
    arrives(ana)
    open_box(ana)
    expect(ana.page.locator(".keepsake")).to_contain_text(CANARY["caption"])
    sam.tab("keepsakes")
    expect(sam.part("look")).to_be_visible()


def keep_a_day(ana: Person) -> None:
    """Add a day for both people, starting from the guide."""
    ana.tab("guide")
    ana.tap(ana.page.locator(".contents a", has_text="Days that come back"))
    ana.tap(ana.page.locator(".do a"))
    ana.screen("day-write")
    ana.tap(ana.page.locator(".for-both"))
    ana.tap(ana.page.get_by_label("Another day"))
    ana.fill("name", CANARY["day"])
    ana.fill("date", "5")
    ana.fill("plan", CANARY["plan"])
    ana.tap(ana.page.locator("form .button.ours"))
    expect(ana.page.locator(".card.day")).to_contain_text(CANARY["day"])
    expect(ana.page.locator(".card.day")).to_contain_text(CANARY["plan"])


def say_and_show(ana: Person, sam: Person) -> None:
    """Send a signal in her own words, and write a card."""
    sam.tab("talk")
    ana.tab("talk")
    ana.tap(ana.part("say").locator("a"))
    ana.tap("own-words")
    ana.fill("text", CANARY["signal"])
    ana.tap(ana.page.locator(".signal-form .button"))
    expect(sam.part("heard")).to_contain_text(CANARY["signal"])
    for person in (ana, sam):
        person.tap(person.page.locator('#stage a[href$="talk/ways"]'))
        person.screen("ways")
    ana.tap("write")
    ana.fill("text", CANARY["way"])
    ana.tap(ana.page.locator("form .button.ours"))
    expect(sam.part("cards")).to_contain_text(CANARY["way"])
    hang_and_say_goodbye(ana, sam)


def hang_and_say_goodbye(ana: Person, sam: Person) -> None:
    """Hang a leaf on a tree, and go through a ritual together with their own words."""
    leave_for(ana, "tree/plant", "tree-plant")
    ana.tap("save")
    ana.screen("tree")
    ana.tap("hang")
    ana.fill("words", CANARY["leaf"])
    ana.tap(ana.page.locator(".tree-form .button.ours"))
    leave_for(sam, "tree", "tree")
    sam.tap(sam.part("one-by-one").locator("summary"))
    sam.tap(sam.part("list").locator("button"))
    expect(sam.part("leaf")).to_contain_text(CANARY["leaf"])
    for person in (ana, sam):
        leave_for(person, "rituals/goodbye/together", "ritual-steps")
    ana.tap("next")
    ana.tap("next")
    sam.fill("words", CANARY["ritual"])
    ana.tap("next")
    sam.tap("stop")
    sam.tap(sam.part("saving").locator("button"))
    sam.screen("journal")
    leave_for(ana, "candle", "candle")
    look_and_list(ana, sam)


def look_and_list(ana: Person, sam: Person) -> None:
    """Write on a shared list, leave another line unsaved, and search for a word."""
    for person in (ana, sam):
        person.tab("guide")
        person.tap(person.page.locator('#stage a[href$="guide/future"]'))
        person.tap(person.page.locator("#stage .do a"))
        person.screen("list")
    ana.fill(ana.part("text", '[data-part="form"]'), CANARY["line"])
    ana.tap(ana.page.locator('[data-part="form"] .button.ours'))
    expect(sam.part("lines")).to_contain_text(CANARY["line"])
    sam.fill(sam.part("text", '[data-part="form"]'), CANARY["line"])
    sam.tab("journal")
    sam.tap(sam.page.locator("#stage .find"))
    sam.fill("words", CANARY["sought"])
    expect(sam.part("state")).to_contain_text("Nothing found.")


def sheet_of(ana: Person) -> str:
    """Make the recovery sheet, and return its code."""
    ana.tab("settings")
    ana.tap(ana.page.locator('a[href$="settings/sheet"]'))
    ana.fill("password", ana.words)
    ana.tap(ana.page.locator("form .button.ours"))
    expect(ana.part("code")).not_to_be_empty()
    code = ana.part("code").inner_text()
    groups = code.split("-")
    for name, label in (("one", "label-one"), ("two", "label-two")):
        ana.fill(name, groups[int(ana.part(label).inner_text().split()[-1]) - 1])
    ana.tap(ana.page.locator('[data-part="groups"] .button'))
    ana.screen("settings")
    return code


def seal_archive(ana: Person) -> None:
    """Make an archive of everything, encrypted with a passphrase that she chooses."""
    ana.tap(ana.page.locator('a[href$="settings/taking"]'))
    ana.tap(ana.page.locator('a[href$="taking/archive"]'))
    ana.tap(ana.page.locator(".for-both"))
    ana.fill("words", f"some {CANARY['sealing']} words")
    ana.tap(ana.page.locator('[data-part="form"] .button.ours'))
    expect(ana.part("ready")).to_be_visible(timeout=WORK_MILLISECONDS)


def choose_code(ana: Person) -> None:
    """Set a code for "Only me"."""
    ana.tab("settings")
    ana.tap(ana.page.locator('#stage a[href$="settings/safety"]'))
    ana.fill("code", CANARY["code"])
    ana.tap(ana.page.locator('[data-part="choose"] .button'))
    expect(ana.part("chosen")).to_be_visible(timeout=KEY_MILLISECONDS)
