/** Which country's help lines to show. The choice is never sent. */

const KEY = "country";

/**
 * A country with help lines, and every name that a browser may give its time zones.
 * @typedef {{ code: string, zones: string[] }} Place
 */

/**
 * Return the person's own choice, else the host's setting, else the time zone's country; the
 * language is never used.
 * @param {Place[]} places
 * @param {{ chosen: string | null, host: string, zone: string }} known
 * @returns {string} its two letters, or "" if unknown, so that the page has to ask
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

/** @returns {string | null} the choice on this device */
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
    // without storage it applies to this visit only
  }
}
