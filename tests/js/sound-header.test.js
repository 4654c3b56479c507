/** The type of a sound is determined by its first bytes, and not by its name. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { soundType } from "../../static/js/entries/sound-header.js";

const bytes = (/** @type {string} */ text) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

test("each kind that is kept is known by its beginning", () => {
  const known = {
    "OggS\0\x02": "audio/ogg",
    "\x1aE\xdf\xa3\x01": "audio/webm",
    "\0\0\0\x1cftypM4A ": "audio/mp4",
    "ID3\x04": "audio/mpeg",
    "\xff\xfb\x90\x64": "audio/mpeg",
    "\xff\xf3\x10\xc4": "audio/mpeg",
  };
  for (const [start, type] of Object.entries(known))
    assert.equal(soundType(bytes(start)), type, type);
});

test("what is none of them is none", () => {
  const none = [
    "",
    "\xff",
    "RIFF\0\0\0\0WAVE",
    "fLaC",
    "\xff\xd8\xff\xe0",
    "\x89PNG\r\n",
    "<html>",
    "MThd",
    "#!AMR\n",
    "\xff\xf1\x50\x80",
    "Ogg",
    "ftypM4A ",
  ];
  for (const start of none) assert.equal(soundType(bytes(start)), "", JSON.stringify(start));
});
