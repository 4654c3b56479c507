/**
 * Grows a tree from a seed, identical on both screens: its limbs grow towards points of light in
 * the crown ("space colonization", Runions and others, 2007). Only + − × ÷ and square roots are
 * used, which every browser computes identically to the last bit. Runs without a DOM.
 */

import { seededRandom } from "./seeded-random.js";

/** The drawing is 400 wide and 430 high; the trunk stands on GROUND. */
export const WIDTH = 400;
export const HEIGHT = 430;
export const GROUND = 392;

const LIGHTS = 620; // points of light: more of them give denser twigs
const ROOT = 10; // length of the trunk below the ground
const STEP = 4.5;
const REACH = 52; // how far away a limb senses a light
const NEAR = 7.5; // a light this near counts as reached
const TURNS = 140;
const RISING = 22; // turns in which every light is sensed, so that the first limbs part
const TWIG = 0.4; // half the width of the thinnest twig
const TURNED = { cos: 0.777, sin: 0.629 }; // 39 degrees
const OUTER = 1.15; // leaves grow on limbs up to this half width

/**
 * @typedef {{ x: number, y: number, up: number, half: number }} Joint `up`: index of
 *   the joint below it
 * @typedef {{ x: number, y: number }} Point
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
      const free = inside ? Math.min(9999, ...lights.map((one) => apart(one, point))) : -1;
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

/**
 * Compute the thickness of limbs: the sum of the squares of the twigs they carry.
 * @param {Joint[]} joints
 */
function thicken(joints) {
  const carried = joints.map(() => 0);
  for (let at = joints.length - 1; at >= 0; at--) {
    const joint = /** @type {Joint} */ (joints[at]);
    const area = (carried[at] || square(TWIG)) + 0.012;
    joint.half = Math.sqrt(area);
    if (joint.up >= 0) carried[joint.up] = (carried[joint.up] ?? 0) + area;
  }
  for (const joint of joints) {
    const height = (GROUND - joint.y) / 26;
    // the foot of the trunk
    if (height < 1) joint.half *= 1 + 0.8 * square(Math.min(1, 1 - height));
  }
}

/**
 * Split the joints into limbs from fork to end; each continues at its thickest branch.
 * @param {Joint[]} joints
 * @returns {Joint[][]}
 */
function limbsOf(joints) {
  /** @type {number[][]} */
  const above = joints.map(() => []);
  joints.forEach((joint, at) => above[joint.up]?.push(at));
  /** @type {Joint[][]} */
  const limbs = [];
  const todo = [{ from: -1, at: 0 }];
  for (let one = todo.pop(); one; one = todo.pop()) {
    const fork = joints[one.from];
    const first = /** @type {Joint} */ (joints[one.at]);
    const limb = fork ? [{ ...fork, half: Math.min(fork.half, first.half * 1.35) }] : [];
    for (let at = one.at; at >= 0;) {
      limb.push(/** @type {Joint} */ (joints[at]));
      const [next = -1, ...others] = (above[at] ?? []).toSorted(
        (a, b) => (joints[b]?.half ?? 0) - (joints[a]?.half ?? 0),
      );
      todo.push(...others.map((other) => ({ from: at, at: other })));
      at = next;
    }
    limbs.push(limb);
  }
  return limbs;
}

/**
 * Return the places for leaves, each as far from all previous ones as possible.
 * @param {Point[]} twigs
 * @returns {Point[]}
 */
function spread(twigs) {
  const middle = { x: 200, y: 210 };
  const inside = twigs.filter(({ x, y }) => x > 48 && x < WIDTH - 48 && y > 40);
  const free = inside.map((twig) => ({ twig, room: 1e9 - apart(twig, middle) }));
  /** @type {Point[]} */
  const places = [];
  for (let count = 0; count < 120 && count < free.length; count++) {
    const best = free.reduce((a, b) => (b.room > a.room ? b : a));
    places.push({ x: best.twig.x, y: best.twig.y });
    for (const one of free) one.room = Math.min(one.room, apart(one.twig, best.twig));
  }
  return places;
}

/** @param {number} number */
function square(number) {
  return number * number;
}

/**
 * The squared distance of two points.
 * @param {Point} a
 * @param {Point} b
 */
function apart(a, b) {
  return square(a.x - b.x) + square(a.y - b.y);
}
