/**
 * Checks whether an untrusted value has the shape that docs/protocol.md defines. A check is a
 * function from any value to a boolean. Unknown keys are ignored, so that a newer server may send
 * more. Runs without a DOM.
 */

/** @typedef {(value: any) => boolean} Check */

/** @type {Check} */
export const text = (value) => typeof value === "string";
/** @type {Check} */
export const bool = (value) => typeof value === "boolean";
/** @type {Check} A count, a place or a revision: a non-negative integer. */
export const natural = (value) => Number.isSafeInteger(value) && value >= 0;
/** @type {Check} */
export const timestamp = (value) => text(value) && !Number.isNaN(Date.parse(value));
/** @type {Check} base64url of any length; it is decoded strictly where it is used. */
export const bytes = (value) => text(value) && /^[\w-]*$/.test(value);
/** @type {Check} */
export const anything = () => true;
/** @type {Check} */
export const nothing = (value) => value === null;

/**
 * base64url of an exact number of bytes.
 * @param {number} length
 * @returns {Check}
 */
export function bytesOf(length) {
  const letters = Math.ceil((length * 4) / 3);
  return (value) => bytes(value) && value.length === letters;
}

export const id = bytesOf(16);

/**
 * @param {...(string | number | boolean)} values
 * @returns {Check}
 */
export function oneOf(...values) {
  return (value) => values.includes(value);
}

/**
 * @param {...Check} checks
 * @returns {Check}
 */
export function anyOf(...checks) {
  return (value) => checks.some((check) => check(value));
}

/**
 * @param {Check} check
 * @returns {Check}
 */
export function nullable(check) {
  return anyOf(nothing, check);
}

/**
 * For an optional key.
 * @param {Check} check
 * @returns {Check}
 */
export function optional(check) {
  return (value) => value === undefined || check(value);
}

/**
 * @param {Check} check for every item
 * @returns {Check}
 */
export function arrayOf(check) {
  return (value) => Array.isArray(value) && value.every(check);
}

/**
 * @param {Record<string, Check>} keys
 * @returns {Check}
 */
export function object(keys) {
  const checks = Object.entries(keys);
  return (value) =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    checks.every(([key, check]) => check(Object.hasOwn(value, key) ? value[key] : undefined));
}
