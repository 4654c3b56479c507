/** The candle screen. */

import { clock } from "../clock.js";
import { fill, on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { tNames } from "../naming/t-names.js";
import { t, errorMessage } from "../ui/i18n.js";
import { Hold } from "./hold.js";
import { remaining, endsInTheMorning } from "../morning.js";
import { forgetPublicCandle, isPublicCandleLit } from "../ui/public-candle.js";
import { CandleView } from "../ui/candle-view.js";
import { mountTodayPanel } from "../days/today-panel.js";
import { every, onAbort } from "../ui/lifetime.js";

const LOOK_AGAIN_MS = 60_000; // wax burns slowly, so a redraw a minute is enough

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "candle",
  auth: "member",
  core: true,
  title: "title",
  tab: "candle",
  survivesSpaceEnd: true,
  async mount(root, app, _, signal) {
    const { candle, live, router, session } = app;
    const view = new CandleView(root);
    const hold = new Hold(live, () => render());
    // the candle from the public page keeps burning while the screen loads
    let arriving = isPublicCandleLit();
    const lightMine = async () => {
      try {
        await candle.light();
        part(root, "hold").focus({ preventScroll: true });
      } catch (error) {
        showToast(errorMessage(error));
      }
    };

    const render = () => {
      if (signal.aborted) return;
      // The partner's name as this member has chosen it, once the journals are loaded.
      const known = router.services.loaded?.journals ?? session.spaces;
      const name = known.nameOf(candle.partner) || t("someone");
      const { burns, burntDown, until, me, partner } = candle;
      const own = candle.litBy(me);
      const other = partner !== "" && candle.litBy(partner);
      const steady = own && hold.pressed;
      const together = steady && other && candle.holding.includes(partner);
      const now = clock.date;
      const rest = until ? remaining(until, now) : 1;
      const linked = partner !== "";
      const seen = { own: own || arriving, other, stump: burntDown && !arriving };
      view.render({ linked, ...seen, name, left: seen.stump ? 0 : rest, steady, together });
      const status = burntDown
        ? "says-stump"
        : other
          ? own
            ? "says-both"
            : "says-other"
          : own
            ? "says-own"
            : "";
      const duration = until && endsInTheMorning(until, now) ? "until-morning" : "until-nights";
      const words = burntDown ? "light-again" : other ? "light-beside" : "light-first";
      fill(root, {
        says: status && t(status, { name }),
        until: burns ? t(duration) : "",
        light: t(words),
      });
      setVisible(root, "light", !own && !arriving);
      for (const name of ["hold", "stay", "more"]) setVisible(root, name, own);
      setVisible(root, "hold-both", linked);
      setVisible(root, "first", session.isNew && !linked);
      part(root, "stay").setAttribute("aria-pressed", String(hold.isStaying));
      const online = navigator.onLine && (live.connected || app.api.reachable);
      const away = online ? "" : t(burns ? "away-lit" : "away-dark");
      if (part(root, "away").textContent !== away) fill(root, { away });
      void drawWords();
    };
    let turn = 0; // a staleness token: results of an older render are dropped
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
    hold.attach(root, () => candle.litBy(candle.me));
    const showDays = (/** @type {import("../services.js").Services} */ app) => {
      if (!signal.aborted) mountTodayPanel(part(root, "days"), app, signal);
    };
    // The candle is shown before the services are loaded.
    const { loaded: services } = router.services;
    if (services) showDays(services);
    candle.addEventListener("changed", render, { signal });
    live.addEventListener("status", render, { signal });
    every(LOOK_AGAIN_MS, render, signal);
    onAbort(signal, () => {
      hold.finish();
      view.reset();
    });
    if (candle.state || arriving) render(); // the cached state, until the answer arrives
    await candle.load();
    if (arriving && !candle.litBy(candle.me)) await lightMine();
    arriving = false;
    render();
    if (candle.litBy(candle.me)) forgetPublicCandle();
    if (!services) void router.services.whenLoaded().then((app) => (showDays(app), render()));
  },
};

/**
 * Return the line under a flame: whom it burns for, and its words.
 * @param {{ text: string, whom: import("../naming/grammar.js").Word[] }} words
 */
function under({ text, whom }) {
  return [whom.length ? tNames("candle-for", whom) : "", text].filter(Boolean).join(" · ");
}
