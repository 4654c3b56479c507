/** The card that stands in the journal while "Only me" is closed on this device. */

import { clone, fill, input, onSubmit, setVisible } from "./dom.js";
import { t } from "./i18n.js";

/**
 * @param {HTMLElement} place
 * @param {import("../session/pin-lock.js").PinLock} pinLock
 */
export function mountPinPrompt(place, pinLock) {
  const root = clone("only-me-closed");
  onSubmit(root, "form", async () => {
    setVisible(root, "trouble", false);
    setVisible(root, "moment", true);
    if (await pinLock.tryCode(input(root, "code").value)) return; // the page is shown anew
    setVisible(root, "moment", false);
    input(root, "code").value = "";
    fill(root, { trouble: t("only-me-wrong") });
    setVisible(root, "trouble", true);
  });
  place.replaceChildren(root);
}
