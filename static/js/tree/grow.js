/**
 * Grows a tree from a seed, identical on both screens: its limbs grow towards points of light in
 * the crown ("space colonization", Runions and others, 2007). Only + − × ÷ and square roots are
 * used, which every browser computes identically to the last bit. Runs without a DOM.
 */

import { apart, GROUND, square } from "./geometry.js";
import { limbsOf, spread, thicken } from "./limbs.js";
import { seededRandom } from "./seeded-random.js";

const LIGHTS = 620; // points of light: more of them give denser twigs
const ROOT = 10; // length of the trunk below the ground
const STEP = 4.5;
const REACH = 52; // how far away a limb senses a light
const NEAR = 7.5; // a light this near counts as reached
const TURNS = 140;
const RISING = 22; // turns in which every light is sensed, so that the first limbs part
const OUTER = 1.15; // leaves grow on limbs up to this half width
const TURNED = { cos: 0.777, sin: 0.629 }; // 39 degrees

/**
 * @typedef {import("./geometry.js").Joint} Joint
 * @typedef {import("./geometry.js").Point} Point
 * @typedef {Point & { near: number, far: number }} Seeking a light, its nearest joint, the distance
 *    squared
 * @typedef {{ joints: Joint[], limbs: Joint[][], twigs: Point[], places: Point[] }} Grown `places`:
 *    where leaves can hang, in the order in which they are taken
 */

/**
 * @param {Uint8Array} seed 16 bytes
 * @returns {Grown}
 */
export function grow(seed) {
  const chance = seededRandom(seed);
  const lights = crown(chance);
  const joints = trunk(chance);
  reach(joints, lights, chance);
  sprout(joints, chance);
  thicken(joints);
  const twigs = joints.filter((joint) => joint.half <= OUTER && joint.y < GROUND - 90);
  return { joints, limbs: limbsOf(joints), twigs, places: spread(twigs) };
}

/**
 * Return evenly distributed points of light in a crown of several round parts.
 * @param {() => number} chance
 * @returns {Point[]}
 */
function crown(chance) {
  const between = (/** @type {number} */ low, /** @type {number} */ high) =>
    low + (high - low) * chance();
  const parts = [
    { x: between(188, 212), y: 146, rx: 108, ry: between(110, 118) },
    { x: between(96, 124), y: between(172, 204), rx: between(66, 80), ry: between(52, 62) },
    { x: between(276, 304), y: between(168, 204), rx: between(66, 80), ry: between(52, 62) },
    { x: between(140, 170), y: between(92, 116), rx: between(62, 78), ry: between(50, 60) },
    { x: between(228, 262), y: between(90, 116), rx: between(62, 78), ry: between(50, 60) },
    { x: between(170, 230), y: between(204, 226), rx: between(80, 104), ry: between(40, 50) },
  ];
  /** @type {Point[]} */
  const lights = [];
  while (lights.length < LIGHTS) {
    let best = { x: 0, y: 0 };
    let room = -1;
    for (let tries = 0; tries < 5; tries++) {
      const point = { x: between(16, 384), y: between(22, 280) };
      const inside = parts.some(
        ({ x, y, rx, ry }) => square((point.x - x) / rx) + square((point.y - y) / ry) < 1,
      );
      const free = inside ? Math.min(9999, ...lights.map((light) => apart(light, point))) : -1;
      if (free > room) [room, best] = [free, point];
    }
    if (room >= 0) lights.push(best);
  }
  return lights;
}

/**
 * Return a trunk that leans a little and straightens.
 * @param {() => number} chance
 * @returns {Joint[]}
 */
function trunk(chance) {
  const lean = (chance() - 0.5) * 26;
  const height = 92 + chance() * 22;
  const count = Math.floor(height / STEP);
  return Array.from({ length: count + 1 }, (_, at) => {
    const part = at / count;
    return {
      x: 200 + lean * part * (1 - part) * 3,
      y: GROUND + ROOT - (height + ROOT) * part,
      up: at - 1,
      half: 0,
    };
  });
}

/**
 * Grow towards the lights until none is left.
 * @param {Joint[]} joints
 * @param {Point[]} lights
 * @param {() => number} chance
 */
function reach(joints, lights, chance) {
  const bare = joints.length - 2; // the trunk itself only forks at its top
  /** @type {Seeking[]} */
  let left = lights.map((light) => ({ ...light, near: bare, far: Infinity }));
  let fresh = joints.slice(bare);
  for (let turn = 0; turn < TURNS && left.length; turn++) {
    const first = joints.length - fresh.length;
    for (const light of left) {
      fresh.forEach((joint, at) => {
        const far = apart(joint, light);
        if (far < light.far) [light.near, light.far] = [first + at, far];
      });
    }
    left = left.filter((light) => light.far > NEAR * NEAR);
    fresh = pulled(left.filter((light) => light.far < REACH * REACH || turn < RISING)).map(
      ([at, pull]) => {
        const joint = /** @type {Joint} */ (joints[at]);
        const before = joints[joint.up] ?? joint;
        const x = pull.x + (joint.x - before.x) / STEP / 2 + (chance() - 0.5) * 0.7;
        const y = pull.y + (joint.y - before.y) / STEP / 2 + (chance() - 0.5) * 0.7;
        const long = Math.sqrt(x * x + y * y) || 1;
        return { x: joint.x + (x / long) * STEP, y: joint.y + (y / long) * STEP, up: at, half: 0 };
      },
    );
    joints.push(...fresh);
  }

  /**
   * Return each joint that is attracted by lights, and the direction.
   * @param {Seeking[]} seeking
   * @returns {[number, Point][]}
   */
  function pulled(seeking) {
    /** @type {Map<number, Point>} */
    const pulls = new Map();
    for (const { x, y, near, far } of seeking) {
      const joint = /** @type {Joint} */ (joints[near]);
      const pull = pulls.get(near) ?? { x: 0, y: 0 };
      const long = Math.sqrt(far);
      pulls.set(near, { x: pull.x + (x - joint.x) / long, y: pull.y + (y - joint.y) / long });
    }
    return [...pulls].map(([at, { x, y }]) => {
      const long = Math.sqrt(x * x + y * y) || 1;
      return [at, { x: x / long, y: y / long }];
    });
  }
}

/**
 * Add short twigs along the outer limbs, on alternating sides.
 * @param {Joint[]} joints
 * @param {() => number} chance
 */
function sprout(joints, chance) {
  const forks = joints.map(() => 0);
  for (const { up } of joints) forks[up] = (forks[up] ?? 0) + 1;
  const count = joints.length;
  for (let at = 30; at < count; at++) {
    const joint = /** @type {Joint} */ (joints[at]);
    if (joint.y > GROUND - 130 || (forks[at] ?? 0) > 1 || chance() > 0.3) continue;
    const below = /** @type {Joint} */ (joints[joint.up]);
    const side = chance() < 0.5 ? TURNED.sin : -TURNED.sin;
    let [dx, dy] = [joint.x - below.x, joint.y - below.y];
    [dx, dy] = [dx * TURNED.cos - dy * side, dx * side + dy * TURNED.cos];
    let from = at;
    let [x, y] = [joint.x, joint.y];
    for (let left = 2 + Math.floor(chance() * 4); left > 0; left--) {
      [dx, dy] = [dx * 0.94 + (chance() - 0.5) * 1.2, dy * 0.94 - 0.25 + (chance() - 0.5) * 1.2];
      [x, y] = [x + dx * 0.8, y + dy * 0.8];
      joints.push({ x, y, up: from, half: 0 });
      from = joints.length - 1;
    }
  }
}
