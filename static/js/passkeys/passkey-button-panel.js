/** The button that opens with a passkey: large where this device has one, else a quiet link. */

import { on, part, setVisible } from "../ui/dom.js";
import { errorMessage } from "../ui/i18n.js";
import { isSupported } from "./webauthn.js";

/**
 * @param {HTMLElement} root has the parts by-passkey, or-words, passkey-trouble
 * @param {boolean} isHere
 * @param {() => Promise<void>} open
 */
export function mountPasskeyButton(root, isHere, open) {
  const large = isHere && isSupported();
  setVisible(root, "by-passkey", large);
  setVisible(root, "or-words", large);
  const ways = ["by-passkey"];
  const quiet = root.querySelector('[data-part="quiet-passkey"]');
  if (quiet) {
    setVisible(root, "quiet-passkey", isSupported() && !large);
    ways.push("quiet-passkey");
  }
  let busy = false;
  for (const way of ways) {
    on(root, way, "click", async () => {
      if (busy) return;
      busy = true;
      try {
        await open();
      } catch (error) {
        const trouble = part(root, "passkey-trouble");
        trouble.textContent = errorMessage(error);
        trouble.hidden = false;
      } finally {
        busy = false;
      }
    });
  }
}
