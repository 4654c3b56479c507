/** Zip files of other journals: whole ones are read, hostile and damaged ones are not opened. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { concat, fromUtf8, utf8 } from "../../static/js/crypto/bytes.js";
import { openZip, isZip } from "../../static/js/export/elsewhere/read-zip.js";
import { zipOf } from "./elsewhere-files.js";

/** @param {Blob} blob */
const bytesOf = async (blob) => new Uint8Array(await blob.arrayBuffer());

/**
 * Replace every occurrence of some bytes by as many others.
 * @param {Uint8Array} bytes
 * @param {string} from
 * @param {string} to
 */
function replaced(bytes, from, to) {
  const text = new TextDecoder("latin1").decode(bytes).replaceAll(from, to);
  return Uint8Array.from(text, (one) => one.charCodeAt(0));
}

/**
 * Open a zip file and unpack all of it.
 * @param {BlobPart} data
 */
async function unpack(data) {
  /** @type {Record<string, string>} */
  const found = {};
  for (const file of await openZip(new Blob([data]))) {
    found[file.path] = fromUtf8(await bytesOf(await file.blob()));
  }
  return found;
}

/**
 * @param {BlobPart} data
 * @param {string} why
 */
const refused = (data, why) => assert.rejects(unpack(data), { error: `zip-${why}` });

test("the files of a zip file are read, without what a system adds", async () => {
  const files = { "a/one.md": "One", "a/Été.txt": "x".repeat(5000) };
  const whole = await zipOf({ ...files, "__MACOSX/a/._one.md": "x", "a/.DS_Store": "x" });
  assert.ok(await isZip(whole));
  assert.ok(!(await isZip(new Blob(["PK, or so"]))));
  assert.deepEqual(await unpack(whole), files);
  assert.deepEqual(await unpack(await zipOf(files, { level: 0 })), files);
  assert.deepEqual(await unpack(await zipOf(files, { zip64: true })), files);
});

test("a path that leaves its folder is refused before anything is unpacked", async () => {
  const whole = await bytesOf(await zipOf({ "aa/bb/cc.md": "One", "dd.md": "Two" }));
  for (const to of ["../bb/cc.md", "/a/bb/cc.md", "C:/bb/cc.md", "a\\/bb/cc.md", "aa//b/cc.md"]) {
    await refused(/** @type {BlobPart} */ (replaced(whole, "aa/bb/cc.md", to)), "unsafe");
  }
  await refused(/** @type {BlobPart} */ (replaced(whole, "dd.md", "d\0.md")), "unsafe");
});

test("two files of one name are refused", async () => {
  const whole = await bytesOf(await zipOf({ "one.md": "One", "two.md": "Two" }));
  await refused(/** @type {BlobPart} */ (replaced(whole, "two.md", "one.md")), "unsafe");
});

test("a bomb is refused by what its directory states", async () => {
  const large = new Uint8Array(11 * 1024 * 1024);
  await refused(await zipOf({ "large.md": large }), "unsafe");
});

test("a file that is larger than it states is not unpacked", async () => {
  const whole = await bytesOf(await zipOf({ "one.md": "x".repeat(1000) }));
  const view = new DataView(whole.buffer);
  let changed = 0;
  for (let at = 0; at + 4 <= whole.length; at++) {
    if (view.getUint32(at, true) !== 1000) continue;
    view.setUint32(at, 10, true);
    changed++;
  }
  assert.ok(changed);
  await refused(whole, "damaged");
});

test("entries that overlap are refused", async () => {
  const whole = await bytesOf(await zipOf({ "one.md": "One", "two.md": "Two" }, { level: 0 }));
  const text = new TextDecoder("latin1").decode(whole);
  const second = text.lastIndexOf("PK\x01\x02");
  const view = new DataView(whole.buffer);
  view.setUint32(second + 42, 0, true); // the second file starts where the first one does
  await refused(whole, "unsafe");
});

test("a zip file with a password says so", async () => {
  const files = { "one.md": "One" };
  await refused(await zipOf(files, { password: "x", zipCrypto: true }), "locked");
  await refused(await zipOf(files, { password: "x" }), "locked");
});

test("a file that is cut short or altered is damaged", async () => {
  const whole = await bytesOf(await zipOf({ "one.md": "One ".repeat(99) }, { level: 0 }));
  for (const end of [4, 30, 100, whole.length - 23, whole.length - 1]) {
    await refused(/** @type {BlobPart} */ (whole.slice(0, end)), "damaged");
  }
  await refused(/** @type {BlobPart} */ (replaced(whole, "One One", "One Two")), "damaged");
  await refused(/** @type {BlobPart} */ (concat(whole, utf8("more after it"))), "unsafe");
});

test("a link to another file is refused", async () => {
  const link = await zipOf({ "one.md": "/etc/passwd" }, { externalFileAttributes: 0o120777 << 16 });
  await refused(link, "unsafe");
});
