/** The protocol's vectors in Node; tests/browser runs the same ones in Chromium. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { runVectors } from "./run-vectors.js";

test("every vector gives the same bytes, and what must not open does not", async () => {
  const text = await readFile(new URL("../vectors/vectors.json", import.meta.url), "utf8");
  const { passed, failed } = await runVectors(JSON.parse(text));
  assert.deepEqual(failed, []);
  assert.ok(passed > 130, `only ${passed} were looked at`);
});
