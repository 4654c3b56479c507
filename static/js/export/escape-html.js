/** A text as it stands in an HTML file, in an element or between quotation marks. Pure. */

/** @type {Record<string, string>} */
const NAMES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
// What no HTML may hold: half a pair, and control characters that are not white space.
const HALF_PAIR = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const CONTROL = /[\0-\x08\x0b\x0e-\x1f\x7f]/;
const NEVER = new RegExp(`${HALF_PAIR.source}|${CONTROL.source}`, "g");

/**
 * @param {unknown} text what is no text is left out
 * @returns {string} nothing in it opens or ends an element or an attribute
 */
export function escapeHtml(text) {
  if (typeof text !== "string") return "";
  return text.replace(NEVER, "\ufffd").replace(/[&<>"']/g, (sign) => NAMES[sign] ?? "");
}
