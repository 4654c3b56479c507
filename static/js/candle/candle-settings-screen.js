/** Settings of a burning candle: the words under it, its duration, and the member's own flame. */

import { clock } from "../clock.js";
import { mountRecipientPicker } from "../naming/recipient-picker.js";
import { fill, input, on, onSubmit, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { formSnapshot } from "../ui/form-state.js";
import { t, errorMessage } from "../ui/i18n.js";
import { morningAfter } from "../morning.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "candle-more",
  auth: "member",
  title: "title",
  tab: "candle",
  async mount(root, app) {
    const { candle, router } = app;
    await candle.load();
    if (!candle.litBy(candle.me)) return void router.navigate("space/candle", { replace: true });
    const before = await candle.words(candle.me);
    let { whom } = before;
    mountRecipientPicker(part(root, "whom-place"), app, whom, (chosen) => (whom = chosen));
    input(root, "words").value ||= before.text; // typing that has already begun is not overwritten
    fill(root, { "words-read": t(candle.partner ? "words-read-both" : "words-read-me") });
    const back = () => router.navigateIfCurrent(root, "space/candle");
    onSubmit(root, "words-form", async () => {
      try {
        const sent = formSnapshot(root);
        await candle.saveWords(input(root, "words").value.trim(), whom);
        if (formSnapshot(root) === sent) await back();
        else showToast(t("saved-more"));
      } catch (error) {
        fill(root, { trouble: errorMessage(error) });
        setVisible(root, "trouble", true);
      }
    });
    for (const button of part(root, "lengths").querySelectorAll("button")) {
      button.addEventListener("click", () => {
        const until = morningAfter(clock.date, Number(button.dataset.days));
        candle.burnUntil(until).then(back, (error) => showToast(errorMessage(error)));
      });
    }
    on(root, "put-away", "click", () => {
      candle.putAway().then(back, (error) => showToast(errorMessage(error)));
    });
  },
};
