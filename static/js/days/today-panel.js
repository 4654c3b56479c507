/**
 * Days that are due today, above the candle: a line each with its plan. A private one stays folded
 * until it is tapped, as in the journal.
 */

import { clone, fill, on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";
import { today } from "../calendar-date.js";
import { dayLabel } from "../entries/day-label.js";

/**
 * @param {HTMLElement} container
 * @param {import("../services.js").Services} app
 * @param {AbortSignal} signal
 */
export function mountTodayPanel(container, app, signal) {
  const { days, rest, naming, pinLock } = app;
  let drawn = "";
  const render = () => {
    const list = days.dueToday();
    const now = JSON.stringify([list, list.map(({ day }) => dayLabel(day, app))]);
    if (now === drawn) return; // what is being read is not redrawn
    drawn = now;
    container.replaceChildren(...list.map((next) => line(next, app)));
  };
  const sources = [days, rest, naming, pinLock];
  for (const source of sources) source.addEventListener("changed", render, { signal });
  render();
}

/**
 * @param {import("./recurrence.js").Upcoming} next
 * @param {import("../services.js").Services} app
 */
function line(next, app) {
  const { day, on: first, moved } = next;
  const root = clone(day.shared ? "day-here-ours" : "day-here-mine");
  const soon = first > today();
  const unfold = () => {
    const name = dayLabel(day, app);
    fill(root, {
      name: soon ? t("day-tomorrow", { day: name }) : name,
      plan: day.plan ?? "",
      moved: moved ? t("day-moved") : "",
    });
    setVisible(root, "body", true);
  };
  if (day.shared) unfold();
  else {
    on(root, "unfold", "click", () => {
      unfold();
      setVisible(root, "unfold", false);
      part(root, "name").focus();
    });
  }
  const wish = (/** @type {import("./recurrence.js").DayMark} */ mark) => {
    app.resurfacing.update(day.id, mark).catch((error) => showToast(errorMessage(error)));
  };
  on(root, "not-now", "click", () => wish({ not: first }));
  on(root, "never", "click", () => wish({ never: true }));
  return root;
}
