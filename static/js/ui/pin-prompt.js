/** The card that is shown in place of private entries while the PIN lock hides them. */

import { clone, fill, input, onSubmit, setVisible } from "./dom.js";
import { t } from "./i18n.js";

/**
 * @param {HTMLElement} container
 * @param {import("../session/pin-lock.js").PinLock} pinLock
 */
export function mountPinPrompt(container, pinLock) {
  const root = clone("only-me-closed");
  onSubmit(root, "form", async () => {
    setVisible(root, "trouble", false);
    setVisible(root, "moment", true);
    if (await pinLock.tryCode(input(root, "code").value)) return; // the screen is rendered again
    setVisible(root, "moment", false);
    input(root, "code").value = "";
    fill(root, { trouble: t("only-me-wrong") });
    setVisible(root, "trouble", true);
  });
  container.replaceChildren(root);
}
