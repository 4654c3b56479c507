/** The size of a tree's drawing, and distances in it. Runs without a DOM. */

/** The drawing is 400 wide and 430 high; the trunk stands on GROUND. */
export const WIDTH = 400;
export const HEIGHT = 430;
export const GROUND = 392;

/**
 * @typedef {{ x: number, y: number }} Point
 * @typedef {{ x: number, y: number, up: number, half: number }} Joint `up`: index of
 *   the joint below it; `half`: half the width of the limb there
 */

/** @param {number} number */
export function square(number) {
  return number * number;
}

/**
 * The squared distance of two points.
 * @param {Point} a
 * @param {Point} b
 */
export function apart(a, b) {
  return square(a.x - b.x) + square(a.y - b.y);
}
