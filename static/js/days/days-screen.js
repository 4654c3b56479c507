/** The days: upcoming ones, the nearest first; days that many people know; a calendar file. */

import { mountPinPrompt } from "../ui/pin-prompt.js";
import { part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";
import { dayCard } from "./day-card.js";
import { today } from "../calendar-date.js";
import { mountPublicDays } from "./public-days.js";
import { objectUrl } from "../ui/lifetime.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "days",
  auth: "member",
  title: "title",
  tab: "keepsakes",
  async mount(root, app, _, signal) {
    const { days, naming } = app;
    const { pinLock } = app.journals;
    /** @type {Set<string>} */
    const unfolded = new Set();
    if (pinLock.isLocked) mountPinPrompt(part(root, "only-me"), pinLock);
    setVisible(root, "known", !pinLock.isLocked);
    const drawKnown = mountPublicDays(part(root, "known"), app);
    let drawn = "";
    const render = () => {
      const next = days.upcoming();
      const { list } = days;
      const now = JSON.stringify([next, list, naming.word("loss")]);
      if (now === drawn) return;
      drawn = now;
      const past = list.filter((day) => !next.some((upcoming) => upcoming.day.id === day.id));
      part(root, "list").replaceChildren(
        ...next.map((upcoming) => dayCard(upcoming.day, upcoming, app, unfolded)),
        ...past.map((day) => dayCard(day, null, app, unfolded)),
      );
      setVisible(root, "nothing", list.length === 0 && !pinLock.isLocked);
      setVisible(root, "file", next.length > 0);
      drawKnown();
    };
    part(root, "file")
      .querySelector("button")
      ?.addEventListener("click", async () => {
        try {
          const { calendarFile } = await import("./calendar-file.js");
          const text = calendarFile(days.upcoming(), today(), t("day-in-file"));
          const file = new Blob([text], { type: "text/calendar" });
          save(file, part(root, "download"), signal);
        } catch (error) {
          showToast(errorMessage(error));
        }
      });
    for (const source of [days, naming]) source.addEventListener("changed", render, { signal });
    await days.load().catch((error) => showToast(errorMessage(error)));
    render();
  },
};

/**
 * @param {Blob} file
 * @param {HTMLElement} link
 * @param {AbortSignal} signal
 */
function save(file, link, signal) {
  const anchor = /** @type {HTMLAnchorElement} */ (link);
  URL.revokeObjectURL(anchor.href);
  anchor.href = objectUrl(file, signal);
  anchor.click();
}
