/**
 * The country is the person's own choice, else the host's, else the time zone's; never the
 * language's.
 */

import assert from "node:assert/strict";
import { test } from "node:test";

import { resolveCountry } from "../../static/js/ui/country.js";

const PLACES = [
  { code: "MX", zones: ["America/Mexico_City", "America/Tijuana"] },
  { code: "US", zones: ["America/Chicago", "America/New_York"] },
  { code: "GB", zones: ["Europe/London"] },
];
const NOTHING = { chosen: null, host: "", zone: "" };

test("a phone in Texas shows the lines of the United States, whatever it speaks", () => {
  assert.equal(resolveCountry(PLACES, { ...NOTHING, zone: "America/Chicago" }), "US");
  assert.equal(resolveCountry(PLACES, { ...NOTHING, zone: "America/Tijuana" }), "MX");
});

test("the host's country goes before the time zone", () => {
  assert.equal(resolveCountry(PLACES, { ...NOTHING, host: "GB", zone: "America/Chicago" }), "GB");
});

test("what the person chose goes before everything", () => {
  const all = { chosen: "MX", host: "GB", zone: "America/Chicago" };
  assert.equal(resolveCountry(PLACES, all), "MX");
});

test("where nothing tells, the page has to ask", () => {
  assert.equal(resolveCountry(PLACES, NOTHING), "");
  assert.equal(resolveCountry(PLACES, { ...NOTHING, zone: "Europe/Paris" }), "");
  assert.equal(resolveCountry(PLACES, { ...NOTHING, zone: "Etc/Unknown" }), "");
});

test("a country that has no lines any more is passed over", () => {
  assert.equal(resolveCountry(PLACES, { chosen: "FR", host: "XX", zone: "Europe/London" }), "GB");
});
