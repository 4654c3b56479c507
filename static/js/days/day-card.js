/** A day in the list: its date, its name, its plan, and whether it is shown when it comes. */

import { clone, fill, on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { locale, t, errorMessage } from "../ui/i18n.js";
import { formatDate } from "../calendar-date.js";
import { dayLabel, dayRangeLabel } from "../entries/day-label.js";

/** @typedef {import("./recurrence.js").Day} Day */
/** @typedef {import("./recurrence.js").Upcoming} Next */

/**
 * @param {Day} day
 * @param {Next | null} next null if it does not repeat and is past
 * @param {import("../services.js").Services} app
 * @param {Set<string>} unfolded private days that are unfolded
 */
export function dayCard(day, next, app, unfolded) {
  const root = clone(day.shared ? "day-ours" : "day-mine");
  const attempt = (/** @type {Promise<unknown>} */ action) =>
    action.catch((error) => showToast(errorMessage(error)));
  const wish = (/** @type {import("./recurrence.js").DayMark} */ mark) =>
    void attempt(app.resurfacing.update(day.id, mark));

  const render = (/** @type {boolean} */ open) => {
    const quiet = next?.quiet ?? "";
    const date = next ? dayRangeLabel(next) : formatDate(day.date ?? "", locale());
    const when = next && repeats(day) ? t("day-every-year", { date }) : date;
    fill(root, {
      name: open ? dayLabel(day, app) : "",
      date: open ? when : "",
      plan: open ? (day.plan ?? "") : "",
      moved: open && next?.moved ? t("day-moved") : "",
      quiet: open && quiet ? t(`day-quiet-${quiet}`) : "",
    });
    setVisible(root, "body", open);
    setVisible(root, "edit", isNamed(day));
    setVisible(root, "not-now", next !== null && !quiet);
    setVisible(root, "never", next !== null && quiet !== "never" && repeats(day));
    setVisible(root, "again", quiet !== "");
  };
  if (!day.shared) {
    on(root, "unfold", "click", () => {
      const open = !unfolded.delete(day.id);
      if (open) unfolded.add(day.id);
      fold(open);
      render(open);
    });
  }
  const fold = (/** @type {boolean} */ open) => {
    part(root, "unfold").setAttribute("aria-expanded", String(open));
    part(root, "unfold").textContent = t(open ? "fold" : "folded");
  };
  on(root, "edit", "click", () => void app.router.navigate(`space/days/write/${day.id}`));
  on(root, "not-now", "click", () => wish({ not: next?.on }));
  on(root, "never", "click", () => wish({ never: true }));
  on(root, "again", "click", () => wish({ not: undefined, never: undefined }));
  on(root, "delete", "click", () => {
    setVisible(root, "delete-box", true);
    part(root, "delete-no").focus();
  });
  on(root, "delete-no", "click", () => setVisible(root, "delete-box", false));
  on(root, "delete-yes", "click", () => void attempt(app.days.remove(day.id)));
  const open = day.shared || unfolded.has(day.id);
  if (!day.shared) fold(open);
  render(open);
  return root;
}

/**
 * Whether its members named it; false for a day that many people know.
 * @param {Day} day
 */
function isNamed({ what }) {
  return ["due", "loss", "other"].includes(what);
}

/**
 * Whether it repeats in another year.
 * @param {Day} day
 */
function repeats(day) {
  return Boolean(day.yearly) || !isNamed(day);
}
