/** Escapes a text for HTML, for use in an element or in a quoted attribute. Pure. */

/** @type {Record<string, string>} */
const NAMES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
// Characters that HTML may not contain: lone surrogates, and control characters other than white
// space.
const HALF_PAIR = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const CONTROL = /[\0-\x08\x0b\x0e-\x1f\x7f]/;
const NEVER = new RegExp(`${HALF_PAIR.source}|${CONTROL.source}`, "g");

/**
 * @param {unknown} text anything but a string gives ""
 * @returns {string} a text that cannot open or end an element or an attribute
 */
export function escapeHtml(text) {
  if (typeof text !== "string") return "";
  return text.replace(NEVER, "\ufffd").replace(/[&<>"']/g, (sign) => NAMES[sign] ?? "");
}
