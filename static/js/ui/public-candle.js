/** The candle on the public page. Nothing is sent; only this tab remembers that it is lit. */

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
    // without storage it applies to this visit only
  }
}

export function forgetPublicCandle() {
  rememberPublicCandle(false);
}
