/** Which country's lines to show. Nothing of this is ever sent. */

const KEY = "country";

/**
 * A country that has lines, and every name a browser may give its time zones.
 * @typedef {{ code: string, zones: string[] }} Place
 */

/**
 * The person's own choice, else the host's setting, else the time zone; never the language.
 * @param {Place[]} places
 * @param {{ chosen: string | null, host: string, zone: string }} known
 * @returns {string} its two letters, or "" when nothing tells and the page has to ask
 */
export function resolveCountry(places, { chosen, host, zone }) {
  const has = (/** @type {string | null} */ code) => places.some((place) => place.code === code);
  if (chosen && has(chosen)) return chosen;
  if (has(host)) return host;
  return places.find((place) => place.zones.includes(zone))?.code ?? "";
}

/** @returns {string} the browser's own time zone, such as "America/Chicago" */
export function timeZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}

/** @returns {string | null} what was chosen on this device */
export function chosenCountry() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** @param {string} code */
export function chooseCountry(code) {
  try {
    localStorage.setItem(KEY, code);
  } catch {
    // a browser that keeps nothing shows it for this visit
  }
}
