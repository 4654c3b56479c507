/** The theme: dusk, paper, or the device's own. It is stored on this device only. */

const KEY = "theme";
const GROUND = { dusk: "#171a23", paper: "#f7f3ec" }; // the same colours as --ground in tokens.css

/** @typedef {"dusk" | "paper" | "auto"} Theme */

const byDay = window.matchMedia("(prefers-color-scheme: light)");

/** @returns {Theme} */
export function currentTheme() {
  const kept = read();
  return kept === "paper" || kept === "auto" ? kept : "dusk";
}

/** @param {Theme} chosen */
export function setTheme(chosen) {
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // without storage it applies to this visit only
  }
  applyTheme(chosen);
}

/** @param {Theme} chosen */
function applyTheme(chosen) {
  const now = chosen === "auto" ? (byDay.matches ? "paper" : "dusk") : chosen;
  document.documentElement.dataset.theme = now;
  document.querySelector("meta[name=theme-color]")?.setAttribute("content", GROUND[now]);
}

function read() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

byDay.addEventListener("change", () => applyTheme(currentTheme()));
applyTheme(currentTheme());
