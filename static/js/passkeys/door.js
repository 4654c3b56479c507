/** The button that opens with a passkey: large where this device has one, else a quiet line. */

import { on, part, show } from "../ui/dom.js";
import { sayError } from "../ui/sentences.js";
import { possible } from "./ceremony.js";

/**
 * @param {HTMLElement} root with the parts by-passkey, or-words, passkey-trouble
 * @param {boolean} isHere
 * @param {() => Promise<void>} open
 */
export function passkeyDoor(root, isHere, open) {
  const large = isHere && possible();
  show(root, "by-passkey", large);
  show(root, "or-words", large);
  const ways = ["by-passkey"];
  const quiet = root.querySelector('[data-part="quiet-passkey"]');
  if (quiet) {
    show(root, "quiet-passkey", possible() && !large);
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
        trouble.textContent = sayError(error);
        trouble.hidden = false;
      } finally {
        busy = false;
      }
    });
  }
}
