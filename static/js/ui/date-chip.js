/** A chip that opens a field for a future date. */

import { clone, fill, input, on, setVisible } from "./dom.js";
import { addDays, parseDate, today } from "../calendar-date.js";

/**
 * @param {HTMLElement} container
 * @param {string} asked the label of the chip, such as "Bring this back on…"
 * @param {string | undefined} chosen
 * @param {(day: string | undefined) => void} changed
 */
export function mountDateChip(container, asked, chosen, changed) {
  const root = clone("ask-day");
  const field = input(root, "date");
  const chip = input(root, "ask");
  fill(root, { ask: asked, label: asked });
  field.min = addDays(today(), 1);
  field.value = chosen ?? "";
  const render = (/** @type {boolean} */ open) => {
    chip.setAttribute("aria-pressed", String(open));
    setVisible(root, "box", open);
  };
  on(root, "ask", "click", () => {
    const open = chip.getAttribute("aria-pressed") === "true";
    render(!open);
    setVisible(root, "trouble", false);
    if (!open) return field.focus();
    field.value = "";
    changed(undefined);
  });
  on(root, "date", "input", () => {
    const later = field.value > today() && parseDate(field.value) !== null;
    setVisible(root, "trouble", field.value !== "" && !later);
    changed(later ? field.value : undefined);
  });
  render(Boolean(chosen));
  container.replaceChildren(root);
}
