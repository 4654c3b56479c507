/** Shows a new recovery sheet, to print or save, and checks that the person has it. */

import { encode, lettersIn } from "../crypto/recovery.js";
import { clone, fill, input, on, onSubmit, part, setVisible } from "../ui/dom.js";
import { drawQr } from "../ui/qr.js";
import { t } from "../ui/i18n.js";
import { objectUrl } from "../ui/lifetime.js";

const GROUPS = 6;
const CODE = /(?:[0-9A-Za-z]{5}[-\s]){5}[0-9A-Za-z]{5}/;

/**
 * Find the six groups in the text of a file.
 * @param {string} text
 */
export function extractCode(text) {
  return CODE.exec(text)?.[0] ?? text;
}

/**
 * Show a sheet in the place of a screen's form.
 * @param {HTMLElement} screen
 * @param {Uint8Array} secret 16 bytes
 * @param {string} login
 * @param {() => Promise<void>} kept called once the person has shown that they have it
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export async function showRecoverySheet(screen, secret, login, kept, signal) {
  setVisible(screen, "form", false);
  setVisible(screen, "sheet-place", true);
  const root = clone("sheet-made");
  part(screen, "sheet-place").append(root);
  const code = await encode(secret);
  const names = { login, host: location.host };
  fill(root, { code, "sheet-for": t("sheet-for", names) });
  drawQr(part(root, "sheet").querySelector("svg"), code);

  const save = /** @type {HTMLAnchorElement} */ (part(root, "save"));
  const file = new Blob([`${t("sheet-file-text", names)}\n\n${code}\n`], { type: "text/plain" });
  save.href = objectUrl(file, signal);
  on(root, "print", "click", () => window.print());

  const [first, second] = twoGroups();
  fill(root, {
    "label-one": t("sheet-group", { number: String(first + 1) }),
    "label-two": t("sheet-group", { number: String(second + 1) }),
  });
  const groups = code.split("-");
  const typed = (/** @type {string} */ name) => lettersIn(input(root, name).value);
  const check = async (/** @type {boolean} */ right) => {
    const trouble = part(root, "trouble");
    trouble.hidden = right;
    trouble.textContent = right ? "" : t("sheet-not-the-one");
    if (!right) return;
    await kept();
  };
  on(root, "file", "change", async () => {
    const chosen = input(root, "file").files?.[0];
    if (chosen) await check(extractCode(await chosen.text()).toUpperCase() === code);
  });
  onSubmit(root, "groups", () =>
    check(typed("one") === groups[first] && typed("two") === groups[second]),
  );
}

/**
 * Return the indexes of two different groups, in ascending order.
 * @returns {[number, number]}
 */
function twoGroups() {
  const random = crypto.getRandomValues(new Uint8Array(2));
  const first = (random[0] ?? 0) % GROUPS;
  const second = (first + 1 + ((random[1] ?? 0) % (GROUPS - 1))) % GROUPS;
  return first < second ? [first, second] : [second, first];
}
