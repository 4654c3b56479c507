/**
 * Six words are read however a keyboard changed them; a password of the person's own stays exact.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { asSixWords, readings } from "../../static/js/crypto/password.js";
import { decode, encode } from "../../static/js/crypto/recovery.js";

/**
 * @param {string} path
 * @returns {string}
 */
const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

/** @type {{ typed: string, readings: string[] }[]} */
const VECTORS = JSON.parse(read("tests/vectors/readings.json"));

test("what was typed has these readings, in this order", () => {
  for (const vector of VECTORS) {
    assert.deepEqual(readings(vector.typed), vector.readings, JSON.stringify(vector.typed));
  }
});

test("every word of both lists has the form that is read generously", () => {
  for (const language of ["en", "es"]) {
    const words = read(`static/words/${language}.txt`).trim().split("\n");
    for (let at = 0; at < words.length; at += 6) {
      const six = [...words.slice(at), ...words].slice(0, 6);
      const typed = six.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("  ");
      assert.equal(asSixWords(`${typed}. `), six.join(" "));
    }
  }
});

test("a sheet is read with the dashes and stops that a keyboard puts in", async () => {
  const secret = Uint8Array.from({ length: 16 }, (_, at) => at * 15);
  const code = await encode(secret);
  const typed = `${code.toLowerCase().replaceAll("-", " \u2014 ")}. `;
  assert.deepEqual(await decode(typed), secret);
});
