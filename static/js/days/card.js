/** A day in the list: when, which, what is planned; and whether it is to come back. */

import { clone, fill, on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { language, say, sayError } from "../ui/sentences.js";
import { spoken } from "./dates.js";
import { dayName, daySpan } from "./words.js";

/** @typedef {import("./next.js").Day} Day */
/** @typedef {import("./next.js").Next} Next */

/**
 * @param {Day} day
 * @param {Next | null} next null when it was once and is past
 * @param {import("../app.js").App} app
 * @param {Set<string>} unfolded the days of one's own that are being read
 */
export function dayCard(day, next, app, unfolded) {
  const root = clone(day.shared ? "day-ours" : "day-mine");
  const attempt = (/** @type {Promise<unknown>} */ what) =>
    what.catch((error) => notice(sayError(error)));
  const wish = (/** @type {import("./next.js").Mark} */ mark) =>
    void attempt(app.returns.mark(day.id, mark));

  const draw = (/** @type {boolean} */ open) => {
    const quiet = next?.quiet ?? "";
    const date = next ? daySpan(next) : spoken(day.date ?? "", language());
    const when = next && repeats(day) ? say("day-every-year", { date }) : date;
    fill(root, {
      name: open ? dayName(day, app) : "",
      date: open ? when : "",
      plan: open ? (day.plan ?? "") : "",
      moved: open && next?.moved ? say("day-moved") : "",
      quiet: open && quiet ? say(`day-quiet-${quiet}`) : "",
    });
    show(root, "body", open);
    show(root, "edit", isNamed(day));
    show(root, "not-now", next !== null && !quiet);
    show(root, "never", next !== null && quiet !== "never" && repeats(day));
    show(root, "again", quiet !== "");
  };
  if (!day.shared) {
    on(root, "unfold", "click", () => {
      const open = !unfolded.delete(day.id);
      if (open) unfolded.add(day.id);
      fold(open);
      draw(open);
    });
  }
  const fold = (/** @type {boolean} */ open) => {
    part(root, "unfold").setAttribute("aria-expanded", String(open));
    part(root, "unfold").textContent = say(open ? "fold" : "folded");
  };
  on(root, "edit", "click", () => void app.router.go(`space/days/write/${day.id}`));
  on(root, "not-now", "click", () => wish({ not: next?.on }));
  on(root, "never", "click", () => wish({ never: true }));
  on(root, "again", "click", () => wish({ not: undefined, never: undefined }));
  on(root, "delete", "click", () => {
    show(root, "delete-box", true);
    part(root, "delete-no").focus();
  });
  on(root, "delete-no", "click", () => show(root, "delete-box", false));
  on(root, "delete-yes", "click", () => void attempt(app.days.remove(day.id)));
  const open = day.shared || unfolded.has(day.id);
  if (!day.shared) fold(open);
  draw(open);
  return root;
}

/** Whether its people named it, and not many others. @param {Day} day */
function isNamed({ what }) {
  return ["due", "loss", "other"].includes(what);
}

/** Whether it comes again in another year. @param {Day} day */
function repeats(day) {
  return Boolean(day.yearly) || !isNamed(day);
}
