/** Days: what is coming, the nearest first; days that many people know; a calendar file. */

import { showClosed } from "../safety/open-only-me.js";
import { part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say, sayError } from "../ui/sentences.js";
import { dayCard } from "./card.js";
import { today } from "./dates.js";
import { offerKnown } from "./known.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "days",
  needs: "member",
  title: "title",
  tab: "keepsakes",
  async show(root, app) {
    const { days, naming } = app;
    const { onlyMe } = app.journals;
    /** @type {Set<string>} */
    const unfolded = new Set();
    if (onlyMe.closed) showClosed(part(root, "only-me"), onlyMe);
    show(root, "known", !onlyMe.closed);
    const drawKnown = offerKnown(part(root, "known"), app);
    let drawn = "";
    const draw = () => {
      const next = days.next();
      const { list } = days;
      const now = JSON.stringify([next, list, naming.word("loss")]);
      if (now === drawn) return;
      drawn = now;
      const past = list.filter((day) => !next.some((one) => one.day.id === day.id));
      part(root, "list").replaceChildren(
        ...next.map((one) => dayCard(one.day, one, app, unfolded)),
        ...past.map((day) => dayCard(day, null, app, unfolded)),
      );
      show(root, "nothing", list.length === 0 && !onlyMe.closed);
      show(root, "file", next.length > 0);
      drawKnown();
    };
    part(root, "file")
      .querySelector("button")
      ?.addEventListener("click", async () => {
        try {
          const { calendarFile } = await import("./calendar-file.js");
          const text = calendarFile(days.next(), today(), say("day-in-file"));
          save(new Blob([text], { type: "text/calendar" }), part(root, "download"));
        } catch (error) {
          notice(sayError(error));
        }
      });
    for (const source of [days, naming]) source.addEventListener("changed", draw);
    await days.load().catch((error) => notice(sayError(error)));
    draw();
    return () => {
      for (const source of [days, naming]) source.removeEventListener("changed", draw);
    };
  },
};

/** @param {Blob} file @param {HTMLElement} link */
function save(file, link) {
  const anchor = /** @type {HTMLAnchorElement} */ (link);
  URL.revokeObjectURL(anchor.href);
  anchor.href = URL.createObjectURL(file);
  anchor.click();
}
