"""Exporting everything in a real browser, and an archive made without any of the app's code."""

import hashlib
import io
import json
import tarfile
from pathlib import Path

from playwright.sync_api import Route, expect

from tests.boxes import b64, new_id
from tests.browser.partners import WORK_MILLISECONDS, Person
from tests.database import in_database
from tests.servers import Server

MINE = 'zañqmine <script>document.title = "ran"</script><img src=x onerror="document.title=1">'
LETTER = "zañqletter & </style><script>document.title = 2</script>"
THEIRS = "zañqtheirs “quoted” <b>not bold</b>"
ANSWERS = ("zañqone answer", "zañqother answer")
SOUND = bytes(range(256)) * 300
# A script that uses the app's modules with the keys of this browser, in place of a newer release
# whose entries have types that the release under test does not know.
NEWER = """async ([picture, sound]) => {
  const base = document.querySelector('script[src$="/main.js"]').src.replace(/\\w+\\/main.js$/, "js/");
  const load = (name) => import(base + name);
  const [{ loadLazyTemplates }, { CoreServices }, { Services }, { DeviceStore }, { sealFile }, { LwwMap }, bytes] = await Promise.all(
    ["ui/lazy-templates.js", "core-services.js", "services.js", "session/device-store.js",
      "replica/attachments.js", "replica/lww-map.js", "crypto/bytes.js"].map(load));
  const { fromBase64Url, toBase64Url } = bytes;
  await loadLazyTemplates();
  const options = { routes: [], authScreens: {}, createServices: null };
  const app = new Services(new CoreServices(await DeviceStore.open(), options));
  await app.session.restore();
  const journal = app.journals.individual;
  const id = toBase64Url(crypto.getRandomValues(new Uint8Array(16)));
  const notes = {};
  for (const [name, mime, data] of [["photo", "image/jpeg", picture], ["voice", "audio/webm", sound]]) {
    const { note, parcel } = await sealFile(journal, id, fromBase64Url(data), { mime, name: "" });
    await app.api.putBox(`${journal.path}/entries/${id}/attachments/${note.id}`, parcel.box);
    notes[name] = note;
  }
  const { photo, voice } = notes;
  await journal.write({ type: "keepsake", title: "zañqtitle", photo, voices: [voice],
    for: [{ text: "zañqwhom", language: "en" }], told: { how: "zañqstory by the window" } }, { id });
  await journal.write({ type: "note", text: "About the keepsake", about: id, files: [] });
  await journal.write({ type: "letter", text: "zañqclosed", opens: "2099-01-02", files: [] });
  const list = await LwwMap.fetch(journal, "list", "comforts");
  await list.set({ text: "zañqitem tea" });
  await list.set({ text: "", offered: "walking" });
  await journal.write({ type: "letter", text: "zañqself", whom: "self", files: [] });
  await journal.write({ type: "note", text: "zañqafter", ritual: "goodbye", files: [] });
  await journal.write({ type: "keepsake", kind: "imagined", text: "zañqroom", files: [] });
  await journal.write({ type: "way", sentences: ["go-quiet"], text: "zañqway" });
  await journal.write({ type: "reminder", moment: "2026-02-03T09:00:00Z", text: "zañqcall", reminder: id });
  const days = await LwwMap.fetch(journal, "day", "days");
  await days.set({ what: "due", date: "--05-04", yearly: true, plan: "zañqplan" });
  await days.set({ what: "other", name: "zañqonce", date: "2027-06-07", yearly: false });
  await days.set({ what: "loss", date: "2026-02-28", yearly: true });
  await days.remove(await days.set({ what: "other", name: "zañqgone", date: "2027-06-08", yearly: false }));
  const tree = await LwwMap.fetch(journal, "tree", "tree");
  await tree.set({ seed: id }, "@seed");
  await tree.set({ for: [{ text: "zañqluz", language: "en" }], where: "north" }, "@about");
  await tree.set({ text: "zañqleaf", place: 3 });
  const ours = app.journals.shared;
  const thread = await LwwMap.fetch(ours, "thread", document.querySelector("#question-list").content.querySelector("li").dataset.question);
  await thread.set({ text: "zañqthread" });
  const both = await LwwMap.fetch(ours, "list", "people");
  await both.set({ text: "zañqold" }, "line");
}"""


def without_integrity_policy(route: Route) -> None:
    """Let a page load modules that its integrity policy does not name."""
    answer = route.fetch()
    headers = {name: text for name, text in answer.headers.items() if name != "integrity-policy"}
    route.fulfill(response=answer, headers=headers)


def write_with_a_newer_release(person: Person, *files: bytes) -> None:
    """Run NEWER in a tab where the app under test does not start."""
    page = person.context.new_page()
    page.route("**/main.js", lambda route: route.abort())
    page.route("**/space/candle", without_integrity_policy)
    page.goto(f"{person.origin}/{person.language}/space/candle")
    page.evaluate(NEWER, [b64(file) for file in files])
    page.close()


def taking(person: Person, way: str) -> None:
    """Open one of the screens for exporting."""
    person.tab("settings")
    person.screen("settings")
    person.tap(person.page.locator('a[href$="settings/taking"]'))
    person.tap(person.page.locator(f'a[href$="taking/{way}"]'))
    person.screen(f"taking-{way}")


def saved(person: Person, folder: Path) -> Path:
    """Create the export, and save it to a folder."""
    person.tap(person.page.locator('[data-part="form"] .button.ours'))
    expect(person.part("ready")).to_be_visible(timeout=WORK_MILLISECONDS)
    with person.page.expect_download() as download:
        person.tap("save")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def choose(person: Person, file: Path | bytes) -> None:
    """Choose a file on the screen for importing an archive."""
    held = {"name": "a.tar", "mimeType": "", "buffer": file} if isinstance(file, bytes) else file
    person.part("file").set_input_files(held)  # type: ignore[arg-type]


def bring_back(person: Person) -> None:
    """Import the archive that was chosen."""
    expect(person.part("found")).to_be_visible(timeout=WORK_MILLISECONDS)
    person.tap("bring")
    expect(person.part("done")).to_be_visible(timeout=WORK_MILLISECONDS)
    expect(person.part("left", '[data-part="done"]')).to_be_hidden()


def entries(server: Server) -> list[bytes]:
    """Return the ids of all entries that are not deleted."""
    found = in_database(server, "SELECT id FROM entries WHERE box IS NOT NULL ORDER BY id")
    return [row[0] for row in found]


def archive(many: int, version: int = 1) -> bytes:
    """Return an archive in the format of docs/archive.md, made without the app's code."""
    me = new_id()
    head = {
        "format": "shared-space-archive", "version": version, "made": "2026-11-24T22:00:00Z",
        "login": "ana", "account": me, "journals": [{"id": me, "kind": "individual"}],
    }  # fmt: skip
    doc = {"v": 1, "type": "note", "at": "2026-11-24T03:00:00+01:00", "files": []}
    lines = [
        {"id": new_id(), "journal": me, "author": me, "by": "ana", "mine": True, "files": {}}
        | {"doc": doc | {"text": f"number {at}"}}
        for at in range(many)
    ]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    files = {"archive.json": json.dumps(head).encode(), "entries-00001.jsonl": text.encode()}
    sums = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items()]
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, data in (files | {"SHA256SUMS": "".join(sums).encode()}).items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return packed.getvalue()


def assert_all_is_there(plain: bytes, picture: bytes) -> None:
    """Read the archive as docs/archive.md describes it, without the app's code."""
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        files = {name: tar.extractfile(name).read() for name in tar.getnames()}  # type: ignore[union-attr]
    sums = dict(line.split("  ")[::-1] for line in files.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert json.loads(files["archive.json"])["format"] == "shared-space-archive"
    lines = [json.loads(line) for line in files["entries-00001.jsonl"].splitlines()]
    found = {line["doc"].get("text"): line for line in lines}
    assert (found[MINE]["mine"], found[THEIRS]["mine"]) == (True, False)
    assert found[THEIRS]["by"] == "Sam"
    assert found[LETTER]["doc"]["to"] == "zañqto"
    kept = next(line for line in lines if "photo" in line["doc"])
    photo, voice = kept["doc"]["photo"]["id"], kept["doc"]["voices"][0]["id"]
    assert files[kept["files"][photo]] == picture
    assert files[kept["files"][voice]] == SOUND
    (answered,) = [json.loads(line) for line in files["answers-00001.jsonl"].splitlines()]
    assert [answer["said"]["text"] for answer in answered["answers"]] == list(ANSWERS)


def assert_it_reads_as_before(cleo: Person) -> None:
    """Check what was imported: each text is there once, with its author; closed letters stay so."""
    cards = cleo.page.locator(".entry")
    expect(cards).to_have_count(9)
    closed = "A letter, closed until January 2, 2099."
    expect(cards.filter(has_text=closed)).to_have_count(1)
    expect(cards.filter(has_text=closed).locator('[data-part="unfold"]')).to_be_hidden()
    for card in cards.filter(has_not_text=closed).all():
        card.locator('[data-part="unfold"]').click()
    for text in (MINE, LETTER, THEIRS, *ANSWERS):
        expect(cleo.entry(text)).to_have_count(1)
    theirs = cleo.entry(THEIRS)
    expect(theirs.locator('[data-part="from"]')).to_have_text("From your shared journal · Sam")
    expect(theirs.locator('[data-part="edit"]')).to_be_hidden()
    ours = cleo.entry(LETTER)
    expect(ours.locator('[data-part="from"]')).to_have_text("From your shared journal · you")
    expect(ours.locator('[data-part="to"]')).to_contain_text("zañqto")
    expect(cleo.entry(MINE).locator('[data-part="from"]')).to_be_hidden()
    assert "zañqclosed" not in cleo.page.content()
