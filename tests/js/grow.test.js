/** A tree is determined by its seed: identical on both screens, in every season, for every seed. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { seededRandom } from "../../static/js/tree/seeded-random.js";
import { paintSeason } from "../../static/js/tree/paint-season.js";
import { HEIGHT, WIDTH } from "../../static/js/tree/geometry.js";
import { grow } from "../../static/js/tree/grow.js";
import { seasonOf, hemisphereOf } from "../../static/js/tree/season.js";

const seeds = [0, 1, 7, 255].map((first) => new Uint8Array(16).fill(first));
const [zeros, ones] = /** @type {[Uint8Array, Uint8Array]} */ (seeds);
const names = /** @type {const} */ (["spring", "summer", "autumn", "winter"]);

/** @param {unknown} drawn */
const print = (drawn) =>
  createHash("sha256").update(JSON.stringify(drawn)).digest("hex").slice(0, 16);

test("one seed is one tree, and another seed another", () => {
  for (const seed of seeds) {
    const [here, there] = [grow(seed), grow(Uint8Array.from(seed))];
    assert.deepEqual(here.limbs, there.limbs);
    assert.deepEqual(here.places, there.places);
    const season = { name: names[2], part: 0.5 };
    assert.deepEqual(
      paintSeason(here, season, seededRandom(seed)),
      paintSeason(there, season, seededRandom(seed)),
    );
  }
  assert.equal(new Set(seeds.map((seed) => print(grow(seed).limbs))).size, seeds.length);
});

test("a tree that was planted looks the same after any release", () => {
  assert.equal(print(grow(zeros).limbs), "5fb0556205e8823d");
  assert.equal(print(grow(zeros).places), "fb04dffed00c93a5");
});

test("a seed in the middle of other bytes grows as it does alone", () => {
  const around = new Uint8Array(40).fill(9);
  around.set(ones, 12);
  assert.deepEqual(grow(around.subarray(12, 28)).limbs, grow(ones).limbs);
});

test("it stands inside its picture, and no number in it is missing", () => {
  for (const seed of seeds) {
    const grown = grow(seed);
    assert.ok(
      grown.joints.every(({ x, y, half }) => x > 0 && x < WIDTH && y > 0 && y < HEIGHT && half > 0),
    );
    for (const name of names) {
      const worn = paintSeason(grown, { name, part: 0.3 }, seededRandom(seed));
      assert.doesNotMatch(JSON.stringify(worn), /NaN|Infinity|undefined/);
    }
  }
});

test("there is room for many leaves, and the first forty are apart", () => {
  for (const seed of seeds) {
    const { places } = grow(seed);
    assert.ok(places.length >= 100);
    const first = places.slice(0, 40);
    const apart = first.flatMap((one, at) =>
      first.slice(0, at).map((other) => Math.hypot(one.x - other.x, one.y - other.y)),
    );
    assert.ok(Math.min(...apart) > 18, String(Math.min(...apart)));
  }
});

test("it is bare in winter, blossoms in spring, and leaves lie under it in autumn alone", () => {
  const worn = Object.fromEntries(
    names.map((name) => [name, paintSeason(grow(ones), { name, part: 0.4 }, seededRandom(ones))]),
  );
  const { spring, summer, autumn, winter } = worn;
  assert.ok(spring && summer && autumn && winter);
  assert.equal(winter.behind.join("") + winter.before.join("") + winter.grass, "");
  assert.ok(winter.snow && !summer.snow && !spring.snow && !autumn.snow);
  assert.ok(spring.blossom && !summer.blossom && !autumn.blossom && !winter.blossom);
  assert.ok(autumn.fallen.join("") && !summer.fallen.join(""));
  assert.ok(summer.behind.join("").length > 10_000);
  assert.deepEqual(new Set([spring.wood, summer.wood, autumn.wood, winter.wood]).size, 1);
});

test("the season is that of the day and the half of the earth", () => {
  const days = ["2026-03-01", "2026-07-15", "2026-11-30", "2026-12-01", "2024-02-29"].map(
    (day) => new Date(`${day}T12:00`),
  );
  assert.deepEqual(
    days.map((day) => seasonOf(day, "north").name),
    ["spring", "summer", "autumn", "winter", "winter"],
  );
  assert.deepEqual(
    days.map((day) => seasonOf(day, "south").name),
    ["autumn", "winter", "spring", "summer", "summer"],
  );
  assert.deepEqual(
    days.map((day) => seasonOf(day, "green").name),
    Array(5).fill("summer"),
  );
  for (const day of days) {
    const { part } = seasonOf(day, "north");
    assert.ok(part >= 0 && part < 1, String(part));
  }
  assert.equal(seasonOf(new Date("2026-12-01T09:00"), "north").part, 0);
});

test("a time zone tells most likely where a tree stands", () => {
  for (const zone of [
    "Europe/Madrid",
    "America/Chicago",
    "America/Mexico_City",
    "Asia/Tokyo",
    "UTC",
  ])
    assert.equal(hemisphereOf(zone), "north");
  for (const zone of [
    "America/Argentina/Buenos_Aires",
    "America/Santiago",
    "Australia/Brisbane",
    "Africa/Johannesburg",
  ])
    assert.equal(hemisphereOf(zone), "south");
  for (const zone of ["America/Bogota", "America/Lima", "Asia/Singapore"])
    assert.equal(hemisphereOf(zone), "green");
});
