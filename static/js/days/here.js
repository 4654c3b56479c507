/**
 * The day that is here, above the candle: a line and its plan. One's own is folded, as in the
 * journal.
 */

import { clone, fill, on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say, sayError } from "../ui/sentences.js";
import { today } from "./dates.js";
import { dayName } from "./words.js";

/**
 * @param {HTMLElement} place
 * @param {import("../app.js").App} app
 * @returns {() => void} ends it
 */
export function showHere(place, app) {
  const { days, rest, naming, onlyMe } = app;
  let drawn = "";
  const draw = () => {
    const list = days.here();
    const now = JSON.stringify([list, list.map(({ day }) => dayName(day, app))]);
    if (now === drawn) return; // what is being read stays as it is
    drawn = now;
    place.replaceChildren(...list.map((next) => line(next, app)));
  };
  const sources = [days, rest, naming, onlyMe];
  for (const source of sources) source.addEventListener("changed", draw);
  draw();
  return () => {
    for (const source of sources) source.removeEventListener("changed", draw);
  };
}

/** @param {import("./next.js").Next} next @param {import("../app.js").App} app */
function line(next, app) {
  const { day, on: first, moved } = next;
  const root = clone(day.shared ? "day-here-ours" : "day-here-mine");
  const soon = first > today();
  const unfold = () => {
    const name = dayName(day, app);
    fill(root, {
      name: soon ? say("day-tomorrow", { day: name }) : name,
      plan: day.plan ?? "",
      moved: moved ? say("day-moved") : "",
    });
    show(root, "body", true);
  };
  if (day.shared) unfold();
  else {
    on(root, "unfold", "click", () => {
      unfold();
      show(root, "unfold", false);
      part(root, "name").focus();
    });
  }
  const wish = (/** @type {import("./next.js").Mark} */ mark) => {
    app.returns.mark(day.id, mark).catch((error) => notice(sayError(error)));
  };
  on(root, "not-now", "click", () => wish({ not: first }));
  on(root, "never", "click", () => wish({ never: true }));
  return root;
}
