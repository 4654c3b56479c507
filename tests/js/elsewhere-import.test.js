/** Another journal's entries come into one's own: once, with their dates and files. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { JournalArchive } from "../../static/js/export/elsewhere/journal-archive.js";
import { JournalImport } from "../../static/js/export/elsewhere/journal-import.js";
import { openFiles } from "../../static/js/export/elsewhere/open-files.js";
import { recognise } from "../../static/js/export/elsewhere/recognise.js";
import { openFile } from "../../static/js/replica/attachments.js";
import { dayOne, folderOf, zipOf } from "./elsewhere-files.js";
import { page, server } from "./elsewhere-server.js";

const NOW = "2026-11-24T22:00:00+01:00";
const DAY = "2020-01-01T10:00:00Z";
const { rows, boxes } = server;
/** @type {string[]} */
let converted = [];

beforeEach(() => {
  server.reset();
  converted = [];
});

const drawn = { bytes: Uint8Array.of(0xff, 0xd8), width: 4, height: 3 };
const refuse = (/** @type {string} */ error) => Object.assign(new Error(error), { error });

/** What the browser makes of a file, by its name. */
const converters = {
  makePicture: async (/** @type {File} */ file) => {
    converted.push(file.name);
    if (file.name.startsWith("broken")) throw refuse("picture-unreadable");
    return { whole: drawn, small: drawn };
  },
  readSound: async (/** @type {File} */ file) => {
    if (file.name.startsWith("broken")) throw refuse("sound-none");
    return { bytes: new Uint8Array(await file.arrayBuffer()), mime: "audio/mp4", seconds: 7 };
  },
};

/** @param {File[]} chosen */
async function bring(chosen, signal = new AbortController().signal) {
  const app = page();
  const journal = await recognise(await openFiles(chosen));
  const archive = new JournalArchive(journal, (names) => names.join("\n"), NOW);
  /** @type {any[]} */
  const reports = [];
  const work = new JournalImport(
    app,
    archive,
    converters,
    (report) => reports.push(report),
    signal,
  );
  await work.run();
  return { app, work, told: reports };
}

/** @param {any} app */
async function docs(app) {
  /** @type {any[]} */
  const all = [];
  for (const wire of rows.values()) {
    if (!wire.gone) all.push({ wire, ...(await app.journals.individual.decrypt(wire)) });
  }
  return all;
}

const MEDIA = {
  photos: [{ md5: "aa" }, { md5: "broken" }],
  audios: [{ md5: "bb" }, { md5: "broken2" }],
};
const EXPORT = {
  "Journal.json": dayOne([
    { uuid: "1", creationDate: DAY, timeZone: "Europe/Madrid", text: "One", ...MEDIA },
    { uuid: "2", creationDate: DAY, text: "Two" },
  ]),
  "photos/aa.jpeg": "picture",
  "photos/broken.jpeg": "no picture",
  "audios/bb.m4a": "sound",
  "audios/broken2.m4a": "no sound",
  "videos/cc.mov": "film",
};

test("entries come with their dates, pictures, sounds and other files", async () => {
  const { app, work } = await bring([await zipOf(EXPORT)]);
  const [one, two, left] = (await docs(app)).map(({ doc }) => doc);
  assert.equal(one.text, "One");
  assert.equal(one.type, "note");
  assert.equal(one.at, "2020-01-01T11:00:00+01:00");
  const mimes = one.files.map((/** @type {any} */ { mime }) => mime);
  const other = "application/octet-stream";
  assert.deepEqual(mimes, ["image/jpeg", "image/jpeg", other, "audio/mp4", other]);
  assert.equal(one.files[1].small, true);
  assert.equal(one.files[2].name, "broken.jpeg");
  assert.equal(one.files[3].seconds, 7);
  assert.deepEqual(two.files, []);
  assert.equal(left.text, "videos/cc.mov");
  assert.equal(left.at, NOW);
  const [, , wire] = rows.values();
  const entry = { id: wire.id, author: wire.author, mine: true };
  const blob = await openFile(app.journals.individual, /** @type {any} */ (entry), left.files[0]);
  assert.equal(await blob.text(), "film");
  assert.deepEqual([work.skipped, work.tooLarge], [false, []]);
});

test("a second run brings nothing again, and a deleted entry stays deleted", async () => {
  await bring([await zipOf(EXPORT)]);
  const before = [...rows.keys()];
  const deleted = before[1] ?? "";
  rows.set(deleted, { ...rows.get(deleted), gone: true, rev: 2 });
  const pictures = converted.length;
  await bring([await zipOf(EXPORT, { level: 0 })]);
  await bring(folderOf(EXPORT));
  assert.deepEqual([...rows.keys()], before);
  assert.ok(rows.get(deleted).gone);
  assert.equal(converted.length, pictures);
});

test("an interrupted run is continued without doubles", async () => {
  /** @type {Record<string, string>} */
  const files = {};
  for (let at = 0; at < 250; at++) files[`2020/notes ${at}.md`] = `Number ${at}`;
  files["2020/zz.md"] = "![](boat.png)";
  files["2020/boat.png"] = "x";
  server.puts = 0;
  await assert.rejects(bring(folderOf(files)), /closed/);
  assert.equal(rows.size, 200);
  server.puts = Infinity;
  const { app } = await bring(folderOf(files));
  assert.equal(rows.size, 251);
  const texts = new Set((await docs(app)).map(({ doc }) => doc.text));
  assert.equal(texts.size, 251);
});

test("the same text twice in one export stays twice", async () => {
  const entry = { uuid: "1", creationDate: DAY, text: "Tea" };
  const files = { "Journal.json": dayOne([entry, entry]) };
  await bring([await zipOf(files)]);
  await bring([await zipOf(files)]);
  assert.equal(rows.size, 2);
});

test("a file that is too large is named, and its entry comes", async () => {
  const film = new Uint8Array(8 * 1024 * 1024 + 1);
  const { work, app } = await bring(
    folderOf({ "n/one.md": "One ![](film.mov)", "n/film.mov": film }),
  );
  assert.deepEqual(work.tooLarge, ["film.mov"]);
  const [one] = await docs(app);
  assert.deepEqual([one.doc.text, one.doc.files], ["One", []]);
});

test("what leaves the page is sealed, and its id tells nothing of its source", async () => {
  const { app } = await bring([await zipOf(EXPORT)]);
  const sent = JSON.stringify([...rows.values()]) + [...boxes.values()].map(String).join();
  const plain = [...boxes.values()].map((box) => new TextDecoder("latin1").decode(box)).join();
  for (const word of ["One", "film", "picture", "broken", "day-one"]) {
    assert.ok(!plain.includes(word), word);
  }
  const [{ doc, wire }] = await docs(app);
  assert.ok(!sent.includes(doc.was));
  assert.notEqual(wire.id, doc.was);
});

test("many entries with pictures come once, and their progress is told", async () => {
  /** @type {Record<string, string | Uint8Array>} */
  const files = {};
  const entries = Array.from({ length: 450 }, (_, at) => {
    if (at < 50) files[`photos/p${at}.jpeg`] = new Uint8Array(2000);
    const photos = at < 50 ? [{ md5: `p${at}` }] : [];
    return { uuid: `u${at}`, creationDate: DAY, text: `Number ${at}`, photos };
  });
  files["Journal.json"] = dayOne(entries);
  const { told } = await bring([await zipOf(files, { level: 0 })]);
  assert.equal(rows.size, 450);
  assert.equal(boxes.size, 100);
  const fractions = told.filter(({ step }) => step === "bringing").map(({ fraction }) => fraction);
  assert.deepEqual(
    fractions,
    entries.map((_, at) => (at + 1) / 450),
  );
});

test("a text that is too long for one entry is divided where a paragraph ends", async () => {
  const paragraph = `${"á".repeat(999)}\n\n`;
  const { app, work } = await bring(folderOf({ "2020-03-01.txt": paragraph.repeat(250) }));
  const all = await docs(app);
  assert.equal(all.length, 3);
  assert.equal(all.map(({ doc }) => doc.text).join("\n\n"), paragraph.repeat(250).trim());
  for (const { doc } of all) assert.ok(doc.at.startsWith("2020-03-01T12:00"), doc.at);
  assert.equal(work.skipped, false);
  await bring(folderOf({ "2020-03-01.txt": paragraph.repeat(250) }));
  assert.equal(rows.size, 3);
});

test("files of no entry have their own day, and one more file brings only itself", async () => {
  const files = { "n/one.md": "One", "n/IMG_20200301.jpg": "x", "n/a.pdf": "x" };
  const { app } = await bring(folderOf(files));
  const left = (await docs(app)).filter(({ doc }) => doc.files.length);
  const days = left.map(({ doc }) => [doc.text, doc.at.slice(0, 10)]).toSorted();
  assert.deepEqual(days, [
    ["IMG_20200301.jpg", "2020-03-01"],
    ["a.pdf", NOW.slice(0, 10)],
  ]);
  await bring(folderOf({ ...files, "n/IMG_20200302.jpg": "x" }));
  assert.equal(rows.size, 4);
});

test("the name of a file cannot hide its ending", async () => {
  const { app } = await bring(folderOf({ "n/one.md": "One", "n/a\u202egpj.exe": "x" }));
  const [{ doc }] = (await docs(app)).filter(({ doc }) => doc.files.length);
  assert.equal(doc.files[0].name, "agpj.exe");
});
