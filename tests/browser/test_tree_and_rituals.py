"""A shared tree on which people hang leaves, and a ritual that two people do in two places."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, expect

from tests.browser.partners import Couple, Person, leave_for

MOVES = "document.getAnimations().map((one) => one.effect.getTiming().duration)"


@contextmanager
def writing(person: Person) -> Iterator[None]:
    """Write on a leaf, and hang it."""
    person.tap("hang")
    yield
    person.tap(person.page.locator('[data-part="form"] .button.ours'))
    expect(person.part("form")).to_be_hidden()


def hung(person: Person) -> Locator:
    return person.page.locator(".tree .hung")


def shape(person: Person) -> str | None:
    """Return the outline of the tree's wood."""
    return person.page.locator(".tree .wood").get_attribute("d")


def touch(person: Person, leaf: Locator) -> None:
    """Touch the tree where a leaf hangs, even if it is redrawn meanwhile."""
    leaf.locator(".body").click(force=True)
    person.taps += 1


def test_a_leaf_that_ana_hangs_is_read_by_sam_on_the_same_tree(couple: Couple) -> None:
    ana, sam = couple
    for person in couple:
        leave_for(person, "tree", "tree")
        expect(person.part("bare")).to_be_visible()
    ana.tap("to-plant")
    ana.screen("tree-plant")
    expect(ana.part("head")).to_have_text("Plant a tree")
    ana.tap(ana.part("another", ".whom"))
    ana.fill(ana.part("text", ".naming-form"), "Luz")
    ana.tap(ana.page.locator(".naming-form .button.ours"))
    ana.tap(ana.page.locator('.chip:has([value="green"])'))
    ana.tap("save")
    ana.screen("tree")
    picture = "A tree, green all year. Planted for Luz."
    for person in couple:
        expect(person.part("planted")).to_have_text("Planted for Luz")
        expect(person.page.get_by_role("img", name=picture)).to_be_visible()
        expect(hung(person)).to_have_count(0)
        assert person.page.evaluate(MOVES) == []  # they have asked for reduced motion
    assert shape(ana) == shape(sam)
    sam.page.emulate_media(reduced_motion="no-preference")
    (breath,) = sam.page.evaluate(MOVES)
    assert breath > 4000  # milliseconds
    sam.page.emulate_media(reduced_motion="reduce")

    with writing(ana):
        ana.fill("words", "The maple turned today")
    expect(hung(sam)).to_have_count(1)
    expect(sam.page.locator("#stage")).not_to_contain_text("maple")
    touch(sam, hung(sam))
    expect(sam.part("leaf")).to_contain_text("The maple turned today")
    expect(sam.part("who", '[data-part="leaf"]')).to_have_text("Both of us · Ana")
    expect(sam.part("down")).to_be_hidden()
    with writing(sam):
        sam.fill("words", "I saw it too")

    expect(
        ana.page.get_by_role("img", name=f"{picture} It has leaves with words on them.")
    ).to_be_visible()
    ana.tap(ana.part("one-by-one").locator("summary"))
    ana.tap(ana.page.get_by_role("button", name="A leaf of Sam"))
    expect(ana.part("leaf")).to_contain_text("I saw it too")
    ana.tap("next")
    expect(ana.part("leaf")).to_contain_text("The maple turned today")
    ana.tap("down")
    ana.tap("down-yes")
    for person in couple:
        expect(hung(person)).to_have_count(1)
    expect(ana.part("leaf")).to_be_empty()


def test_a_tree_of_ones_own_is_seen_by_nobody_else(couple: Couple) -> None:
    ana, sam = couple
    leave_for(ana, "tree/mine", "tree")
    ana.tap("to-plant")
    ana.tap("save")
    ana.screen("tree")
    expect(ana.part("planted")).to_have_text("Planted here")
    with writing(ana):
        ana.fill("words", "Nobody is told of this")
    touch(ana, hung(ana))
    expect(ana.part("who", '[data-part="leaf"]')).to_have_text("Only me")
    leave_for(sam, "tree", "tree")
    expect(sam.part("planted")).to_have_text("Planted for Luz")
    expect(sam.page.locator("#stage")).not_to_contain_text("Nobody is told of this")
    leave_for(sam, "tree/mine", "tree")
    expect(sam.part("bare")).to_be_visible()


def test_a_ritual_begun_together_is_at_the_same_step_on_both_screens(couple: Couple) -> None:
    ana, sam = couple
    sam.language = "es"
    sam.go("space/rituals")
    sam.unlock()
    sam.screen("rituals")
    expect(sam.part("there")).to_be_hidden()
    leave_for(ana, "rituals", "rituals")
    ana.tap(ana.page.locator('.rituals-list a[href$="goodbye"]'))
    ana.screen("ritual")
    ana.tap("together")
    ana.screen("ritual-steps")
    ana.tap("next")
    expect(ana.part("beside")).to_contain_text("This is open to Sam too")

    expect(sam.part("there")).to_contain_text("Ana está ahora en «Un adiós, o todavía no»")
    sam.tap("there")
    sam.screen("ritual-steps")
    expect(sam.part("step")).to_contain_text("Ten cerca lo que te ayude.")
    expect(ana.part("beside")).to_contain_text("Sam is here too")
    expect(sam.part("beside")).to_contain_text("Ana también está aquí")
    sam.tap("next")
    expect(ana.part("step")).to_contain_text("If you want words, choose them.")
    ana.fill("words", "Words of our own song")
    ana.tap("back")
    expect(sam.part("step")).to_contain_text("Ten cerca lo que te ayude.")
    expect(ana.part("words")).to_have_value("Words of our own song")
    expect(sam.page.locator("body")).not_to_contain_text("Words of our own song")

    sam.tap("stop")
    expect(sam.part("end-says")).to_have_text("Está bien parar aquí. No hace falta terminar.")
    expect(ana.part("beside")).to_contain_text("This is open to Sam too")
    for _ in range(5):
        ana.tap("next")
    expect(ana.part("end-says")).to_have_text("That was the last step.")
    expect(sam.part("end-says")).to_have_text("Está bien parar aquí. No hace falta terminar.")
    ana.tap(ana.page.locator('.chip:has([data-part="ours"])'))
    ana.tap(ana.page.locator('[data-part="saving"] button'))
    ana.screen("journal")
    expect(ana.entry("Words of our own song")).to_contain_text("Both of us")
    sam.tab("journal")
    expect(sam.entry("Words of our own song")).to_be_visible()


def test_a_ritual_alone_tells_nobody_and_leaves_nothing(couple: Couple) -> None:
    ana, sam = couple
    leave_for(sam, "rituals", "rituals")
    leave_for(ana, "rituals/walk", "ritual")
    ana.tap("alone")
    ana.screen("ritual-steps")
    ana.tap("next")
    ana.tap("stop")
    expect(ana.part("end-says")).to_have_text(
        "Stopping here is fine. It does not have to be finished."
    )
    ana.tap(ana.part("saving").locator("a"))
    ana.screen("rituals")
    leave_for(ana, "rituals/letter", "ritual")
    ana.tap("together")
    ana.screen("ritual-steps")
    # He did not receive the other person's step before this.
    expect(sam.part("there")).to_contain_text("«Una carta»")
    ana.tab("journal")
    expect(sam.part("there")).to_be_hidden()
