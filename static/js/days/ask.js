/** A day after today, asked for only by whoever touches the chip. */

import { clone, fill, input, on, show } from "../ui/dom.js";
import { plus, read, today } from "./dates.js";

/**
 * @param {HTMLElement} place
 * @param {string} asked what the day is for, such as "Bring this back on…"
 * @param {string | undefined} chosen
 * @param {(day: string | undefined) => void} changed
 */
export function askDay(place, asked, chosen, changed) {
  const root = clone("ask-day");
  const field = input(root, "date");
  const chip = input(root, "ask");
  fill(root, { ask: asked, label: asked });
  field.min = plus(today(), 1);
  field.value = chosen ?? "";
  const draw = (/** @type {boolean} */ open) => {
    chip.setAttribute("aria-pressed", String(open));
    show(root, "box", open);
  };
  on(root, "ask", "click", () => {
    const open = chip.getAttribute("aria-pressed") === "true";
    draw(!open);
    show(root, "trouble", false);
    if (!open) return field.focus();
    field.value = "";
    changed(undefined);
  });
  on(root, "date", "input", () => {
    const later = field.value > today() && read(field.value) !== null;
    show(root, "trouble", field.value !== "" && !later);
    changed(later ? field.value : undefined);
  });
  draw(Boolean(chosen));
  place.replaceChildren(root);
}
