/** Dusk, paper, or as the device has it; kept on this device and nowhere else. */

const KEY = "theme";
const GROUND = { dusk: "#171a23", paper: "#f7f3ec" }; // as --ground in tokens.css

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
    // a browser that keeps nothing shows it for this visit
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
