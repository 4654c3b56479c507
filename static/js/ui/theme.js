/** Dusk, paper, or as the device has it; kept on this device and nowhere else. */

const KEY = "theme";

/** @typedef {"dusk" | "paper" | "auto"} Theme */

/** @returns {Theme} */
export function theme() {
  const kept = read();
  return kept === "paper" || kept === "auto" ? kept : "dusk";
}

/** @param {Theme} chosen */
export function chooseTheme(chosen) {
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // a browser that keeps nothing shows it for this visit
  }
  document.documentElement.dataset.theme = chosen;
}

function read() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

document.documentElement.dataset.theme = theme();
