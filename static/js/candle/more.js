/** What can be changed about a candle that burns: words under it, how long, one's own flame. */

import { clock } from "../clock.js";
import { askWhom } from "../naming/whom.js";
import { fill, input, on, onSubmit, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { whatStands } from "../ui/sent.js";
import { say, sayError } from "../ui/sentences.js";
import { morningAfter } from "./morning.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "candle-more",
  needs: "member",
  title: "title",
  tab: "candle",
  async show(root, app) {
    const { candle, router } = app;
    await candle.ask().catch(() => {});
    if (!candle.litBy(candle.me)) return void router.go("space/candle", { replace: true });
    const before = await candle.words(candle.me);
    let { whom } = before;
    askWhom(part(root, "whom-place"), app, whom, (chosen) => (whom = chosen));
    input(root, "words").value ||= before.text; // whoever types already is faster
    fill(root, { "words-read": say(candle.partner ? "words-read-both" : "words-read-me") });
    const back = () => router.goFrom(root, "space/candle");
    onSubmit(root, "words-form", async () => {
      try {
        const sent = whatStands(root);
        await candle.say(input(root, "words").value.trim(), whom);
        if (whatStands(root) === sent) await back();
        else notice(say("saved-more"));
      } catch (error) {
        fill(root, { trouble: sayError(error) });
        show(root, "trouble", true);
      }
    });
    for (const button of part(root, "lengths").querySelectorAll("button")) {
      button.addEventListener("click", () => {
        const until = morningAfter(clock.date, Number(button.dataset.days));
        candle.burnUntil(until).then(back, (error) => notice(sayError(error)));
      });
    }
    on(root, "put-away", "click", () => {
      candle.putAway().then(back, (error) => notice(sayError(error)));
    });
  },
};
