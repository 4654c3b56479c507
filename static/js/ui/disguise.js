/**
 * The title and icon of the tab and the home screen: our quiet name, or a disguise. The choice is
 * stored on this device only.
 */

const KEY = "tab";
const DISGUISES = /** @type {const} */ (["space", "notes", "weather"]);
const ICONS = { notes: "../../icon-notes.svg", weather: "../../icon-weather.svg" };

/** @typedef {typeof DISGUISES[number]} Disguise */

const usual = { title: document.title, icon: icon()?.getAttribute("href") ?? "" };

/** @returns {Disguise} */
export function currentDisguise() {
  const kept = read();
  return kept === "notes" || kept === "weather" ? kept : "space";
}

/** @param {Disguise} chosen */
export function setDisguise(chosen) {
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // without storage it applies to this visit only
  }
  applyDisguise(chosen);
}

/**
 * Set the tab's title, unless a disguise replaces it.
 * @param {string} title
 */
export function setTabTitle(title) {
  usual.title = title;
  applyDisguise(currentDisguise());
}

/** @param {Disguise} chosen */
function applyDisguise(chosen) {
  const link = icon();
  for (const other of DISGUISES) {
    replaceIn("link[rel=manifest]", `/${other}.webmanifest`, `/${chosen}.webmanifest`);
    replaceIn("link[rel=apple-touch-icon]", `/${other}-192.png`, `/${chosen}-192.png`);
  }
  if (chosen === "space") {
    document.title = usual.title;
    link?.setAttribute("href", usual.icon);
    return;
  }
  document.title = link?.dataset[chosen] ?? usual.title;
  link?.setAttribute("href", new URL(ICONS[chosen], import.meta.url).pathname);
}

/**
 * @param {string} selector
 * @param {string} from
 * @param {string} to
 */
function replaceIn(selector, from, to) {
  const link = document.querySelector(selector);
  link?.setAttribute("href", (link.getAttribute("href") ?? "").replace(from, to));
}

function icon() {
  return /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=icon]"));
}

function read() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

applyDisguise(currentDisguise());
