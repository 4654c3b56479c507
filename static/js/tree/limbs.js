/**
 * What follows from a tree's joints: how thick its limbs are, where each limb begins and ends, and
 * where leaves can hang. Runs without a DOM.
 */

import { apart, GROUND, square, WIDTH } from "./geometry.js";

const TWIG = 0.4; // half the width of the thinnest twig

/**
 * @typedef {import("./geometry.js").Joint} Joint
 * @typedef {import("./geometry.js").Point} Point
 */

/**
 * Compute the thickness of limbs: the sum of the squares of the twigs they carry.
 * @param {Joint[]} joints
 */
export function thicken(joints) {
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
export function limbsOf(joints) {
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
export function spread(twigs) {
  const middle = { x: 200, y: 210 };
  const inside = twigs.filter(({ x, y }) => x > 48 && x < WIDTH - 48 && y > 40);
  const free = inside.map((twig) => ({ twig, room: 1e9 - apart(twig, middle) }));
  /** @type {Point[]} */
  const places = [];
  for (let count = 0; count < 120 && count < free.length; count++) {
    const best = free.reduce((a, b) => (b.room > a.room ? b : a));
    places.push({ x: best.twig.x, y: best.twig.y });
    for (const candidate of free)
      candidate.room = Math.min(candidate.room, apart(candidate.twig, best.twig));
  }
  return places;
}
