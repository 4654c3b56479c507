/** The candle's own page. */

import { clock } from "../clock.js";
import { fill, on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { sayOf } from "../naming/sentences.js";
import { say, sayError } from "../ui/sentences.js";
import { Hold } from "./hold.js";
import { left, untilMorning } from "./morning.js";
import { forgetPublicCandle, publicCandleIsLit } from "./public.js";
import { CandleView } from "./view.js";
import { showHere } from "../days/here.js";

const LOOK_AGAIN_MS = 60_000; // wax burns slowly

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "candle",
  needs: "member",
  early: true,
  title: "title",
  tab: "candle",
  endures: true,
  async show(root, app) {
    const { candle, live, router, session } = app;
    const view = new CandleView(root);
    const hold = new Hold(live, () => draw());
    // the candle of the public page burns on while it comes here
    let arriving = publicCandleIsLit();
    const lightMine = async () => {
      try {
        await candle.light();
        part(root, "hold").focus({ preventScroll: true });
      } catch (error) {
        notice(sayError(error));
      }
    };

    const draw = () => {
      const known = router.app?.journals ?? session.spaces; // as one calls them, once that is there
      const name = known.nameOf(candle.partner) || say("someone");
      const { burns, stump, until, me, partner } = candle;
      const own = candle.litBy(me);
      const other = partner !== "" && candle.litBy(partner);
      const steady = own && hold.down;
      const together = steady && other && candle.holding.includes(partner);
      const now = clock.date;
      const rest = until ? left(until, now) : 1;
      const linked = partner !== "";
      const seen = { own: own || arriving, other, stump: stump && !arriving };
      view.show({ linked, ...seen, name, left: seen.stump ? 0 : rest, steady, together });
      const says = stump
        ? "says-stump"
        : other
          ? own
            ? "says-both"
            : "says-other"
          : own
            ? "says-own"
            : "";
      const how = until && untilMorning(until, now) ? "until-morning" : "until-nights";
      const words = stump ? "light-again" : other ? "light-beside" : "light-first";
      fill(root, {
        says: says && say(says, { name }),
        until: burns ? say(how) : "",
        light: say(words),
      });
      show(root, "light", !own && !arriving);
      for (const name of ["hold", "stay", "more"]) show(root, name, own);
      show(root, "hold-both", linked);
      show(root, "first", session.isNew && !linked);
      part(root, "stay").setAttribute("aria-pressed", String(hold.staying));
      const here = navigator.onLine && (live.connected || app.api.reached);
      const away = here ? "" : say(burns ? "away-lit" : "away-dark");
      if (part(root, "away").textContent !== away) fill(root, { away });
      void drawWords();
    };
    let turn = 0; // words are opened one after the other; those of an earlier look come too late
    const drawWords = async () => {
      const now = ++turn;
      const [own, other] = await Promise.all([
        candle.words(candle.me),
        candle.words(candle.partner),
      ]);
      if (now !== turn) return;
      fill(root, { "words-own": under(own), "words-other": under(other) });
    };

    on(root, "light", "click", () => void lightMine());
    part(root, "candle").addEventListener("click", () => {
      if (!candle.litBy(candle.me)) void lightMine();
    });
    hold.wire(root, () => candle.litBy(candle.me));
    let shown = true;
    let leaveDays = () => {};
    const showDays = (/** @type {import("../app.js").App} */ app) => {
      if (shown) leaveDays = showHere(part(root, "days"), app);
    };
    const rooms = router.app; // the candle is there before they are
    if (rooms) showDays(rooms);
    candle.addEventListener("changed", draw);
    live.addEventListener("status", draw);
    const timer = window.setInterval(draw, LOOK_AGAIN_MS);
    if (candle.state || arriving) draw(); // what is known, while the answer is on its way
    await candle.ask().catch(() => {});
    if (arriving && !candle.litBy(candle.me)) await lightMine();
    arriving = false;
    draw();
    if (candle.litBy(candle.me)) forgetPublicCandle();
    if (!rooms) void router.furnished().then((app) => (showDays(app), draw()));
    return () => {
      shown = false;
      clearInterval(timer);
      hold.end();
      leaveDays();
      candle.removeEventListener("changed", draw);
      live.removeEventListener("status", draw);
      view.leave();
    };
  },
};

/**
 * For whom it burns, and the words.
 * @param {{ text: string, whom: import("../naming/grammar.js").Word[] }} words
 */
function under({ text, whom }) {
  return [whom.length ? sayOf("candle-for", whom) : "", text].filter(Boolean).join(" · ");
}
