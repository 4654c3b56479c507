/** Export: the archive's format, the book, and hostile texts in both. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { toBase64Url, fromUtf8, randomBytes, utf8 } from "../../static/js/crypto/bytes.js";
import {
  Archive,
  ArchiveWriter,
  FORMAT,
  InvalidArchiveError,
  VERSION,
} from "../../static/js/export/export-archive.js";
import { renderBook } from "../../static/js/export/html-book.js";
import { escapeHtml } from "../../static/js/export/escape-html.js";

const HOSTILE = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "</style><script>alert(1)</script>",
  "&lt;b&gt; &amp;",
  "' onclick='alert(1)",
  "<!-- ",
  "]]>",
  "\0\x08<\ud800>",
  "‮<b>",
  "`${1}`",
];
/**
 * @param {number} length
 * @returns {Uint8Array}
 */
const bytesOf = (length) => Uint8Array.from({ length }, (_, at) => (at * 7 + (at >> 8)) & 255);
const MADE = new Date("2026-11-24T22:00:00Z");

/**
 * @param {{ lines?: any[], answers?: any[], files?: [string, Uint8Array][], head?: object }} [what]
 */
async function archiveOf({ lines = [], answers = [], files = [], head = {} } = {}) {
  const writer = new ArchiveWriter(MADE);
  const header = {
    format: FORMAT,
    version: VERSION,
    made: MADE.toISOString(),
    login: "ana",
    account: "a",
  };
  await writer.head({ ...header, journals: [{ id: "a", kind: "individual" }], ...head });
  for (const [name, bytes] of files) await writer.file(name, bytes);
  for (const line of lines) await writer.line("entries", line);
  for (const line of answers) await writer.line("answers", line);
  return writer.finish();
}

/** @param {string} text */
const line = (text, id = toBase64Url(randomBytes(16))) => ({
  id,
  journal: "a",
  author: "a",
  by: "ana",
  mine: true,
  files: {},
  doc: { v: 1, type: "note", at: "2026-11-24T03:00:00+01:00", text },
});

/**
 * @template T
 * @param {AsyncIterable<T>} all
 * @returns {Promise<T[]>}
 */
async function list(all) {
  const found = [];
  for await (const one of all) found.push(one);
  return found;
}

test("what was taken along is found again, word for word and byte for byte", async () => {
  const sound = bytesOf(70_001);
  const long = Array.from({ length: 9 }, (_, at) => line(`${at} ${"é".repeat(600_000)}`));
  const lines = [...HOSTILE.map((text) => line(text)), ...long];
  const answers = [
    {
      journal: "s",
      question: "tea",
      text: "Tea?",
      answers: [{ id: "x", author: "a", by: "ana", mine: true, said: { way: "none" } }],
    },
  ];
  const archive = await Archive.open(
    await archiveOf({ lines, answers, files: [["files/one.webm", sound]] }),
  );
  const there = JSON.parse(JSON.stringify(lines));
  assert.deepEqual(await list(archive.entries()), there);
  assert.deepEqual(await list(archive.answers()), [{ files: {}, ...answers[0] }]);
  assert.deepEqual(await archive.file("files/one.webm"), sound);
  assert.equal(await archive.file("files/other"), null);
  assert.ok([...archive.files.keys()].filter((name) => name.startsWith("entries-")).length > 1);
});

test("a file that is no usable archive is refused with the reason", async () => {
  const whole = await archiveOf({ lines: [line("one")], files: [["files/one.bin", bytesOf(600)]] });
  const bytes = new Uint8Array(await whole.arrayBuffer());
  const refused = async (/** @type {BlobPart} */ part, /** @type {string} */ error) => {
    await assert.rejects(
      Archive.open(new Blob([part])),
      (/** @type {any} */ one) => one instanceof InvalidArchiveError && one.error === error,
      error,
    );
  };
  for (const other of ["", "PK", "x".repeat(2000), "\0".repeat(2048), '{"format":1}']) {
    await refused(other, "no-archive");
  }
  for (let end = 1024; end < bytes.length; end += 512) await refused(bytes.slice(0, end), "cut");
  await refused(bytes.slice(0, bytes.length - 1), "cut");
  const text = fromUtf8(utf8("one"));
  const at = new TextDecoder("latin1").decode(bytes).indexOf(`"text":"${text}"`);
  assert.ok(at > 0);
  const changed = bytes.slice();
  changed.set([0x21], at + 9);
  await refused(changed, "altered");
  const spoilt = bytes.slice();
  spoilt.set([0x21], 1024); // the name of the second file
  await refused(spoilt, "altered");
  await refused(await archiveOf({ head: { version: 2 } }), "newer");
  await refused(await archiveOf({ head: { format: "another" } }), "no-archive");
  await Archive.open(whole);
});

test("lines that are none are refused before anything is done with them", async () => {
  for (const wrong of [{ id: 1, doc: {} }, { id: "a" }, { id: "a", doc: [] }, "text"]) {
    const archive = await Archive.open(await archiveOf({ lines: [line("good"), wrong] }));
    await assert.rejects(list(archive.entries()), { error: "altered" });
  }
});

test("no text opens or ends anything in HTML", () => {
  for (const text of HOSTILE) {
    const escaped = escapeHtml(text);
    assert.doesNotMatch(escaped, /[<>"'\0\x08]/);
    assert.doesNotMatch(escaped, /&(?!amp;|lt;|gt;|quot;|#39;)/);
  }
  assert.equal(escapeHtml("a < b && 'c' — «ñ» 🕯"), "a &lt; b &amp;&amp; &#39;c&#39; — «ñ» 🕯");
  assert.equal(escapeHtml(undefined), "");
  assert.equal(escapeHtml({ toString: () => "<" }), "");
});

test("a book shows every text in order, runs nothing and asks for nothing", async () => {
  const labels = {
    language: "en",
    title: "What was written",
    under: "ana",
    picture: "A picture",
    recording: "A recording",
    elsewhere: "In the archive",
  };
  const page = (/** @type {number} */ day, /** @type {string} */ text) => ({
    at: `2026-11-${day}T03:00:00Z`,
    side: /** @type {const} */ ("mine"),
    who: text,
    heading: text,
    about: text,
    texts: [text],
    items: [[text, text]],
    feelings: text,
    trouble: text,
    media: [
      { mime: "image/png", bytes: bytesOf(40_000) },
      { mime: 'text/html"', bytes: utf8(text) },
      { mime: "audio/webm;codecs=opus", bytes: null },
    ],
  });
  const pages = HOSTILE.map((text, at) => page(28 - at, `(${at}) ${text}`));
  const html = await (await renderBook(pages, labels, "p{color:red}")).text();
  const tags = new Set(Array.from(html.matchAll(/<\/?([a-z0-9!]+)/g), (match) => match[1]));
  const known = [
    "!doctype",
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "header",
    "h1",
    "p",
    "main",
    "h2",
    "article",
    "h3",
    "div",
    "ul",
    "li",
    "br",
    "figure",
    "img",
  ];
  assert.deepEqual([...tags].sort(), known.sort());
  assert.equal(
    html.match(/<img alt="A picture" src="data:image\/png;base64,[A-Za-z0-9+/=]+">/g)?.length,
    pages.length,
  );
  const order = Array.from(html.matchAll(/class="text" dir="auto">\((\d)\)/g), (match) =>
    Number(match[1]),
  );
  assert.deepEqual(order, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  const [, policy = ""] = /content="([^"]+)"/.exec(html.slice(0, 400)) ?? [];
  assert.match(policy, /^default-src &#39;none&#39;; style-src &#39;sha256-[\w+/]{43}=&#39;; /);
  assert.match(policy, /; img-src data:; media-src data:;/);
});
