import assert from "node:assert/strict";
import { test } from "node:test";

import { stripJpeg } from "../../static/js/keepsakes/strip-jpeg.js";
import { isOurPicture, pictureHeader } from "../../static/js/replica/picture-header.js";

const ascii = (/** @type {string} */ text) => [...text].map((sign) => sign.charCodeAt(0));
const u16 = (/** @type {number} */ n) => [n >> 8, n & 255];
const u32 = (/** @type {number} */ n) => [n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255];
const little = (/** @type {number} */ n, /** @type {number} */ bytes) =>
  [...Array(bytes).keys()].map((at) => (n >> (8 * at)) & 255);
const nothing = (/** @type {number} */ length) => Array(length).fill(0);

/**
 * @param {number} width
 * @param {number} height
 * @param {number[][]} before segments before the frame
 */
function jpeg(width, height, before = [], frame = 0xc0) {
  return new Uint8Array([
    0xff,
    0xd8,
    ...before.flat(),
    0xff,
    frame,
    ...u16(11),
    8,
    ...u16(height),
    ...u16(width),
    1,
    1,
    17,
    0,
  ]);
}

const png = (/** @type {number} */ width, /** @type {number} */ height) =>
  new Uint8Array([
    0x89,
    ...ascii("PNG\r\n"),
    0x1a,
    10,
    ...u32(13),
    ...ascii("IHDR"),
    ...u32(width),
    ...u32(height),
    8,
    2,
  ]);
const webp = (/** @type {string} */ kind, /** @type {number[]} */ rest) =>
  new Uint8Array([
    ...ascii("RIFF"),
    ...u32(0),
    ...ascii("WEBP"),
    ...ascii(kind),
    ...u32(0),
    ...rest,
    ...nothing(8),
  ]);
const ispe = (/** @type {number} */ width, /** @type {number} */ height) => [
  ...u32(20),
  ...ascii("ispe"),
  ...u32(0),
  ...u32(width),
  ...u32(height),
];
const heif = (/** @type {string} */ brand, /** @type {number[]} */ ...boxes) =>
  new Uint8Array([
    ...u32(16),
    ...ascii("ftyp"),
    ...ascii(brand),
    ...u32(0),
    ...boxes,
    ...nothing(20),
  ]);

// A frame inside the camera's thumbnail, which must not be taken for the picture's own.
const little9 = jpeg(9, 9);
const exif = [0xff, 0xe1, ...u16(2 + little9.length), ...little9];

test("the size of every kind of picture stands in its first bytes", () => {
  /** @type {[Uint8Array, string, number, number][]} */
  const all = [
    [jpeg(4000, 3000), "jpeg", 4000, 3000],
    [jpeg(4000, 3000, [exif, [0xff], [0xff, 0xfe, ...u16(4), 1, 2]], 0xc2), "jpeg", 4000, 3000],
    [png(70_000, 3), "png", 70_000, 3],
    [new Uint8Array([...ascii("GIF89a"), ...little(640, 2), ...little(480, 2)]), "gif", 640, 480],
    [webp("VP8X", [...nothing(4), ...little(9999, 3), ...little(4999, 3)]), "webp", 10_000, 5000],
    [webp("VP8L", [0x2f, ...little((299 << 14) | 399, 4)]), "webp", 400, 300],
    [webp("VP8 ", [...nothing(6), ...little(400, 2), ...little(300, 2)]), "webp", 400, 300],
    [heif("heic", ...ispe(512, 512), ...ispe(4032, 3024)), "heif", 4032, 3024],
    [heif("avif", ...ispe(800, 600)), "heif", 800, 600],
  ];
  for (const [bytes, kind, width, height] of all) {
    assert.deepEqual(pictureHeader(bytes), { kind, width, height });
  }
});

test("the bytes may lie anywhere in a buffer", () => {
  const bytes = jpeg(30, 20);
  const within = new Uint8Array([...nothing(7), ...bytes, ...nothing(7)]).subarray(
    7,
    7 + bytes.length,
  );
  assert.deepEqual(pictureHeader(within), { kind: "jpeg", width: 30, height: 20 });
});

test("what is no picture, or ends in the middle, is none", () => {
  const svg = ascii('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>');
  const others = [
    [],
    svg,
    ascii("%PDF-1.7 and more of it, and more"),
    [...u32(16), ...ascii("ftypmp42"), ...ispe(9, 9), ...nothing(20)],
  ];
  for (const bytes of others) assert.equal(pictureHeader(new Uint8Array(bytes)), null);
  assert.equal(pictureHeader(png(0, 10)), null);
  assert.equal(pictureHeader(heif("heic", ...nothing(40))), null);
  assert.equal(pictureHeader(jpeg(3, 3, [[0xff, 0xda, ...u16(4), 1, 2]])), null);
  for (const whole of [
    jpeg(400, 300, [exif]),
    png(400, 300),
    webp("VP8X", [...nothing(4), ...little(9, 3), ...little(9, 3)]),
  ]) {
    for (let length = 0; length < 22; length++)
      assert.equal(pictureHeader(whole.subarray(0, length)), null);
  }
});

test("any bytes at all are read to an end", () => {
  for (let seed = 1; seed < 2000; seed++) {
    const bytes = Uint8Array.from({ length: 64 }, (_, at) => (seed * 2654435761 * (at + 1)) >>> 24);
    bytes.set(seed % 2 ? [0xff, 0xd8, 0xff] : [0xff, 0xd8]);
    const found = pictureHeader(bytes);
    assert.ok(found === null || found.width > 0);
  }
});

test("ours are JPEGs of 2048 at most, whatever is said of them", () => {
  assert.equal(isOurPicture(jpeg(2048, 1365)), true);
  assert.equal(isOurPicture(jpeg(2049, 10)), false);
  assert.equal(isOurPicture(jpeg(65_535, 65_535)), false);
  assert.equal(isOurPicture(png(10, 10)), false);
});

test("a JPEG is left bare: what stands beside its pixels goes, its tables and pixels stay", () => {
  const segment = (/** @type {number} */ marker, /** @type {string} */ text) => [
    0xff,
    marker,
    ...u16(2 + text.length),
    ...ascii(text),
  ];
  const [jfif, tables, adobe] = [
    segment(0xe0, "JFIF"),
    segment(0xdb, "tables"),
    segment(0xee, "Adobe"),
  ];
  const beside = [
    segment(0xe1, "Exif and GPS"),
    segment(0xe2, "ICC"),
    segment(0xed, "IPTC"),
    segment(0xfe, "a comment"),
  ];
  const pixels = [0xff, 0xda, ...u16(4), 1, 2, 0xff, 0xe1, 7, 7, 0xff, 0xd9];
  const frame = [...jpeg(30, 20)].slice(2);
  const bare = new Uint8Array([0xff, 0xd8, ...jfif, ...tables, ...adobe, ...frame, ...pixels]);
  const [exif1 = [], icc = [], iptc = [], comment = []] = beside;
  const whole = new Uint8Array([
    0xff,
    0xd8,
    ...jfif,
    ...exif1,
    ...icc,
    ...tables,
    ...iptc,
    ...adobe,
    ...comment,
    ...frame,
    ...pixels,
  ]);
  assert.deepEqual(stripJpeg(whole), bare);
  assert.deepEqual(stripJpeg(bare), bare);
  for (const wrong of [
    new Uint8Array(),
    png(9, 9),
    whole.subarray(0, 30),
    new Uint8Array([0xff, 0xd8, 1, 2, 3, 4]),
  ]) {
    assert.throws(() => stripJpeg(wrong), RangeError);
  }
});
