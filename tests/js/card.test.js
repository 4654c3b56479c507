/**
 * A counsellor's card: the content that is allowed in its address, and everything that is rejected.
 */

import assert from "node:assert/strict";
import { test } from "node:test";

import { cardTextId, isCardText, readCard, writeCard } from "../../static/js/content/card.js";
import { toBase64Url, utf8 } from "../../static/js/crypto/bytes.js";

/** @typedef {import("../../static/js/content/card.js").Card} Card */

const own = (/** @type {string} */ text) => `c1.qw.${toBase64Url(utf8(text))}`;

test("a card is read as it was written", () => {
  /** @type {Card[]} */
  const cards = [
    { kind: "question", id: "nights", text: "" },
    { kind: "ritual", id: "goodbye", text: "" },
    { kind: "matter", id: "leave-from-work", text: "" },
    { kind: "question", id: "", text: "¿Qué os ayudó a llegar hasta hoy, Zoë?" },
    { kind: "matter", id: "", text: "Ask the hospital for the hand prints ✋" },
    { kind: "matter", id: "", text: "𐌀".repeat(160) },
  ];
  for (const card of cards) assert.deepEqual(readCard(writeCard(card)), card);
  assert.equal(writeCard(/** @type {Card} */ (cards[0])), "c1.q.nights");
});

test("what is not of a known form is no card", () => {
  for (const fragment of [
    "",
    "c1",
    "c1.q",
    "c1.q.",
    "c2.q.nights",
    "c1.x.nights",
    "c1.__proto__.nights",
    "c1.constructor.nights",
    "c1.qq.nights",
    "c1.qww.bmlnaHRz",
    "c1.q.nights.more",
    "c1.q.Nights",
    "c1.q.../sign-up",
    "c1.q.<b>",
    `c1.q.${"a".repeat(41)}`,
    "c1.rw.bmlnaHRz",
    "c1.qw.",
    "c1.qw.bmlnaHRz=",
    "c1.qw.bml naHRz",
    "c1.qw._w",
    `c1.qw.${"A".repeat(100_000)}`,
  ]) {
    assert.equal(readCard(fragment), null, fragment.slice(0, 60));
  }
});

test("hostile words are refused, each for itself", () => {
  for (const text of [
    "too long ".repeat(20).trim(),
    "<img src=x onerror=alert(1)>",
    "right to left \u202Eover",
    "isolated \u2066text\u2069",
    "a mark \u200Ffor direction",
    "no\u200Bwidth",
    "a\u0000zero",
    "two\nlines",
    "line\u2028separator",
    "a\ttab",
    "e\u0301 decomposed",
    "piled u\u0300\u0301\u0302\u0303",
    " space before",
    "two  spaces",
    "see https://example.org",
    "see WWW.example.org",
    "\uFEFFmark",
    "\uE000 private",
    "12345 67890",
    "",
  ]) {
    assert.ok(!isCardText(text), JSON.stringify(text));
    assert.equal(readCard(own(text)), null, JSON.stringify(text));
  }
});

test("the same words have the same id, so that a card scanned by both is one", async () => {
  const id = await cardTextId("Have the ashes at home");
  assert.match(id, /^[\w-]{22}$/);
  assert.equal(await cardTextId("Have the ashes at home"), id);
  assert.notEqual(await cardTextId("Have the ashes here"), id);
});
