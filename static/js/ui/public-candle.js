/** The candle on the public page. Nothing is sent; this tab alone remembers that it is lit. */

const KEY = "candle";

/** @returns {boolean} */
export function isPublicCandleLit() {
  try {
    return sessionStorage.getItem(KEY) === "lit";
  } catch {
    return false;
  }
}

/** @param {boolean} lit */
export function rememberPublicCandle(lit) {
  try {
    if (lit) sessionStorage.setItem(KEY, "lit");
    else sessionStorage.removeItem(KEY);
  } catch {
    // a browser that keeps nothing shows it for this visit
  }
}

export function forgetPublicCandle() {
  rememberPublicCandle(false);
}
