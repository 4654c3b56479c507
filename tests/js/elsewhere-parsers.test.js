/** What is read of the exports of other journals. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { openFiles } from "../../static/js/export/elsewhere/open-files.js";
import { recognise } from "../../static/js/export/elsewhere/recognise.js";
import { dayOne, folderOf, zipOf } from "./elsewhere-files.js";

/**
 * Read an export, with its files by their paths.
 * @param {File[]} chosen
 */
async function read(chosen) {
  const { entries, left } = await recognise(await openFiles(chosen));
  const pathsOf = (/** @type {typeof left} */ files) => files.map(({ path }) => path);
  return {
    entries: entries.map((entry) => ({ ...entry, media: pathsOf(entry.media) })),
    left: pathsOf(left),
  };
}

/** @param {Record<string, string | Uint8Array>} files */
const readFolder = async (files) => read(folderOf(files));

const APPLE = `<!DOCTYPE html><html><head><style>span.s2 { color: #fff }</style></head><body>
<p class="p1"><span class="s1"><div class="pageContainer">
<div class="pageHeader">Sunday, 3 November 2024</div>
<div class="assetGrid">
  <div id="AAAA" class="gridItem assetType_photo"><img src="../Resources/AAAA.jpeg"></div>
  <div id="BBBB" class="gridItem assetType_audio"><div class="audioAssetHeader">Voice</div></div>
</div>
<div class="title">The lake</div><div class="bodyText"></span></p>
<p class="p2"><span class="s2">We walked &amp; said little.</span></p>
<ul><li>Tea</li><li>Rain</li></ul><script>alert("no")</script>
<p class="p1"><span class="s1"></div></div></span></p></body></html>`;

test("Day One: text, day, time zone, place, tags, pictures and recordings", async () => {
  const entry = {
    uuid: "81F0F3CA693F484792F76359E9E2ACE8",
    creationDate: "2017-12-25T23:04:32Z",
    timeZone: "Asia/Bangkok",
    text:
      "The lake\n\n![](dayone-moment://AB12)\n\n" +
      "It rained\\. We stayed\\!\n![](dayone-moment:/audio/CD34)",
    location: { placeName: "3 Soi", localityName: "Bangkok", country: "Thailand" },
    tags: ["the lake"],
    photos: [{ identifier: "AB12", md5: "aaaa", type: "jpeg" }],
    audios: [{ identifier: "CD34", md5: "bbbb", format: "aac" }, { md5: "missing" }],
  };
  const files = {
    "Journal.json": dayOne([entry, { ...entry, uuid: "2", text: undefined, tags: [], photos: [] }]),
    "photos/aaaa.jpeg": "x",
    "audios/bbbb.m4a": "x",
    "videos/cccc.mov": "x",
  };
  const { entries, left } = await read([await zipOf(files)]);
  assert.deepEqual(entries[0], {
    source: "day-one/81F0F3CA693F484792F76359E9E2ACE8",
    at: "2017-12-26T06:04:32+07:00",
    text: "The lake\n\nIt rained. We stayed!\n\n3 Soi, Bangkok, Thailand\n\n#the-lake",
    media: ["photos/aaaa.jpeg", "audios/bbbb.m4a"],
  });
  assert.deepEqual(left, ["videos/cccc.mov"]);
});

test("Day One: an entry that has only its rich text", async () => {
  const richText = JSON.stringify({ contents: [{ text: "One\n" }, { text: "two" }] });
  const files = {
    "J.json": dayOne([{ uuid: "1", creationDate: "2020-01-01T00:00:00Z", richText }]),
  };
  const { entries } = await read([await zipOf(files)]);
  assert.equal(entries[0]?.text, "One\ntwo");
});

test("Apple's Journal: title, text, day, pictures and recordings", async () => {
  const { entries, left } = await readFolder({
    "AppleJournalEntries/index.html": "<a>all</a>",
    "AppleJournalEntries/Entries/2024-11-03_The_lake.html": APPLE,
    "AppleJournalEntries/Resources/AAAA.jpeg": "x",
    "AppleJournalEntries/Resources/AAAA.json": "{}",
    "AppleJournalEntries/Resources/BBBB.m4a": "x",
    "AppleJournalEntries/Resources/CCCC.mov": "x",
  });
  assert.match(entries[0]?.at ?? "", /^2024-11-03T12:00:00/);
  assert.equal(entries[0]?.text, "The lake\nWe walked & said little.\n- Tea\n- Rain");
  assert.deepEqual(entries[0]?.media, ["Resources/AAAA.jpeg", "Resources/BBBB.m4a"]);
  assert.deepEqual(left, ["Resources/CCCC.mov"]);
});

test("Apple's Journal: the day is read from the page if the name has none", async () => {
  const { entries } = await readFolder({ "A/Entries/lake.html": APPLE, "A/index.html": "" });
  assert.match(entries[0]?.at ?? "", /^2024-11-03T12:00:00/);
});

test("Journey: text, day, time zone, tags and pictures", async () => {
  const entry = { id: "1578-3fe2", date_journal: 1578227306940, timezone: "Europe/Madrid" };
  const { entries } = await readFolder({
    "j/1578-3fe2.json": JSON.stringify({
      ...entry,
      text: "<p>Today</p><p>it snowed</p>",
      photos: ["1578-3fe2-a.jpg", "missing.jpg"],
      tags: ["snow"],
    }),
    "j/1578-3fe2-a.jpg": "x",
  });
  assert.deepEqual(entries, [
    {
      source: "journey/1578-3fe2",
      at: "2020-01-05T13:28:26+01:00",
      text: "Today\nit snowed\n\n#snow",
      media: ["1578-3fe2-a.jpg"],
    },
  ]);
});

test("Markdown and text: front matter, dates in names, pictures that a text shows", async () => {
  const { entries, left } = await readFolder({
    "notes/one.md":
      '---\ntitle: "The lake"\ndate: 2020-03-01T10:00:00+01:00\n' +
      "tags: [rain, the lake]\nmood: low\n---\n" +
      "It rained.\n\n![a boat](img/boat%201.jpg)\n![[far.png]]\n" +
      "![out](https://example.org/x.png)\n",
    "notes/img/boat 1.jpg": "x",
    "notes/other/far.png": "x",
    "notes/2020-04-05 tea.txt": "Tea.\r\n\r\nMore tea.",
    "notes/undated.txt": "Once.",
    "notes/blank.md": "\n",
    "notes/book.pdf": "x",
  });
  assert.deepEqual(entries[0], {
    source: "text/one.md",
    at: "2020-03-01T10:00:00+01:00",
    text:
      "The lake\n\nIt rained.\n\n![out](https://example.org/x.png)\n\n" +
      "#rain #the-lake\n\nmood: low",
    media: ["img/boat 1.jpg", "other/far.png"],
  });
  assert.equal(entries[1]?.text, "Tea.\n\nMore tea.");
  assert.match(entries[1]?.at ?? "", /^2020-04-05T12:00:00/);
  assert.match(entries[2]?.at ?? "", /^2021-05-06T/);
  assert.equal(entries.length, 3);
  assert.deepEqual(left, ["book.pdf"]);
});

test("a zip file and its unpacked folder give the same names", async () => {
  const files = { "my notes/2020-03-01.md": "One", "my notes/sub/2020-03-02.md": "Two" };
  const folder = await readFolder(files);
  const zip = await read([await zipOf(files)]);
  const sources = (/** @type {typeof zip} */ { entries }) => entries.map(({ source }) => source);
  assert.deepEqual(sources(zip), sources(folder));
  assert.deepEqual(sources(zip), ["text/2020-03-01.md", "text/sub/2020-03-02.md"]);
});

test("Day One: an entry that is not as expected does not hide the others", async () => {
  const whole = { uuid: "1", creationDate: "2020-01-01T00:00:00Z", text: "One" };
  const files = { "J.json": dayOne([whole, { uuid: "2", text: "Two" }, null, 7, { tags: "x" }]) };
  const { entries } = await read([await zipOf(files)]);
  const found = entries.map(({ at, text }) => [at, text]);
  assert.deepEqual(found, [
    ["2020-01-01T00:00:00+00:00", "One"],
    ["", "Two"],
  ]);
});

test("texts are read in the encodings of older systems", async () => {
  const word = "mañana";
  const wide = Uint8Array.from([0xff, 0xfe, ...[...word].flatMap((one) => [one.charCodeAt(0), 0])]);
  const { entries, left } = await readFolder({
    "n/utf8.txt": `\ufeff${word}`,
    "n/utf16.txt": wide,
    "n/windows.txt": Uint8Array.from(word, (one) => one.charCodeAt(0)),
    "n/no text.txt": Uint8Array.of(1, 0, 2, 0, 3),
  });
  assert.deepEqual(
    entries.map(({ text }) => text),
    [word, word, word],
  );
  assert.deepEqual(left, ["no text.txt"]);
});

test("files of two exports with the same names stay apart", async () => {
  const zips = [];
  for (const word of ["One", "Two"]) {
    zips.push(await zipOf({ "a.md": `${word} ![](boat.jpg)`, "boat.jpg": word }));
  }
  const { entries } = await recognise(await openFiles(zips));
  const boats = entries.map(async ({ media: [boat] }) => (await boat?.blob())?.text());
  assert.deepEqual(await Promise.all(boats), ["One", "Two"]);
});

test("a document that is packed like a zip file stays one file", async () => {
  const packed = await zipOf({ "word/document.xml": "<x/>", "word/../odd": "x" });
  const bytes = new Uint8Array(await packed.arrayBuffer());
  const { entries, left } = await readFolder({ "n/one.md": "One", "n/letter.docx": bytes });
  assert.deepEqual([entries.length, left], [1, ["letter.docx"]]);
});

test("more files than can be read at once are refused, in a folder as in a zip file", async () => {
  const one = new File(["One"], "one.md");
  await assert.rejects(openFiles(Array(100_001).fill(one)), { error: "zip-many" });
});

test("texts that are made to be slow to read are not", async () => {
  const many = 100_000;
  const files = {
    "a/1.md": "![".repeat(many),
    "a/2.md": `![](${"x".repeat(many)}`,
    "a/3.md": `![](x${" y".repeat(many)}`,
    "a/4.md": "![[".repeat(many),
    "a/J.json": dayOne([{ creationDate: "2020-01-01T00:00:00Z", text: "![".repeat(many) }]),
    "a/Entries/1.html": `<p class="bodyText">${"<!".repeat(many)}`,
    "a/Entries/2.html": `<p class="bodyText">a<p ${"x".repeat(many)}>${'<a "'.repeat(many)}`,
    "a/Entries/3.html": `<p class="bodyText">a<p ${"x ".repeat(many)}>${"&a".repeat(many)}`,
  };
  const begun = performance.now();
  const { entries } = await readFolder(files);
  assert.equal(entries.length, 8);
  assert.ok(performance.now() - begun < 5000);
});

test("what is no journal is not taken for one", async () => {
  /** @type {Record<string, string>[]} */
  const none = [
    { "a.json": "{", "b.json": "[]", "c.json": '{"entries":[{"text":"x"}]}' },
    { "page.html": "<p class='bodyText'>x</p>", "a.pdf": "x" },
    { "blank.md": "" },
  ];
  for (const files of none) {
    await assert.rejects(readFolder(files), { error: "no-journal" });
  }
});
