/** Who can see what, in short sentences, and the protections that can be set on this device. */

import { MIN_CODE_LENGTH } from "../session/pin-lock.js";
import { fill, input, on, onSubmit, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { whileReadOnly } from "../ui/form-state.js";
import { t, errorMessage } from "../ui/i18n.js";
import { setDisguise, currentDisguise } from "../ui/disguise.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "safety",
  auth: "member",
  title: "title",
  tab: "settings",
  mount(root, app) {
    const { session, pinLock } = app;
    for (const radio of part(root, "faces").querySelectorAll("input")) {
      radio.checked = radio.value === currentDisguise();
      radio.addEventListener("change", () => {
        if (radio.checked)
          setDisguise(/** @type {import("../ui/disguise.js").Disguise} */ (radio.value));
      });
    }
    on(root, "everywhere", "click", () => {
      session.signOutEverywhere().catch((error) => showToast(errorMessage(error)));
    });

    const render = () => {
      setVisible(root, "choose", pinLock.code === null);
      setVisible(root, "chosen", pinLock.code !== null && !pinLock.isLocked);
      setVisible(root, "closed", pinLock.isLocked);
    };
    const tell = (/** @type {string} */ key) => {
      fill(root, { trouble: key && t(key) });
      setVisible(root, "trouble", key !== "");
    };
    onSubmit(root, "choose", async () => {
      const code = input(root, "code").value;
      if ([...code].length < MIN_CODE_LENGTH) return tell("only-me-short");
      tell("");
      setVisible(root, "moment", true);
      await whileReadOnly(root, () => pinLock.setCode(code)).then(render, () =>
        tell("only-me-not-kept"),
      );
      setVisible(root, "moment", false);
      input(root, "code").value = "";
    });
    on(root, "close", "click", () => (pinLock.lock(), render()));
    on(root, "without", "click", () => (pinLock.removeCode(), render()));
    render();
  },
};
