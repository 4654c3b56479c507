/** Export and import: the texts of a document of any type, and the files and entries it names. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { extractText, hasContent } from "../../static/js/export/document-text.js";
import { fileNotes, withNewRefs } from "../../static/js/export/file-refs.js";

test("a type that nobody knows yet is not left out of the book", () => {
  const note = { id: "f", sha256: "h", mime: "image/jpeg", name: "" };
  const leaf = extractText({
    v: 1,
    type: "leaf",
    at: "2026-11-24T03:00:00Z",
    thing: "the tree",
    title: "A leaf",
    for: [{ text: "Luz" }],
    day: "2026-05-10",
    hung: "by the window",
    scenes: ["spring", { said: "und später", kind: "x" }],
    photo: note,
    items: {
      two: { at: "2", since: "2", text: "second" },
      one: { at: "1", since: "1", text: "first", photo: note },
      gone: { since: "0", text: "no", struck: true },
    },
  });
  assert.equal(leaf.title, "A leaf");
  assert.deepEqual(leaf.whom, [{ text: "Luz" }]);
  assert.deepEqual(leaf.texts, ["by the window", "spring", "und später"]);
  assert.deepEqual(leaf.items, [
    { texts: ["first"], files: [note] },
    { texts: ["second"], files: [] },
  ]);
  assert.deepEqual(leaf.files, [note]);
  assert.ok(hasContent(leaf));
  assert.ok(
    !hasContent(
      extractText({ v: 1, type: "rest", at: "2026", from: "2026-11-24T03:00:00Z", until: null }),
    ),
  );
});

test("files and other entries are named anew wherever a document names them", () => {
  const old = { id: "f", sha256: "h", mime: "audio/webm", name: "" };
  const other = { ...old, id: "g" };
  const doc = { files: [old, other], inside: { photo: old, day: "entry" }, text: "entry of mine" };
  assert.deepEqual(
    fileNotes(doc).map(({ id }) => id),
    ["f", "g", "f"],
  );
  const fresh = { ...old, id: "new" };
  assert.deepEqual(
    withNewRefs(
      doc,
      new Map([
        ["f", fresh],
        ["g", null],
      ]),
      new Map([["entry", "there"]]),
    ),
    {
      files: [fresh],
      inside: { photo: fresh, day: "there" },
      text: "entry of mine",
    },
  );
});
