/** Days that many people know. None is saved until somebody ticks it; then it is a private day. */

import { chosenCountry, resolveCountry, timeZone } from "../ui/country.js";
import { part } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { locale, errorMessage } from "../ui/i18n.js";
import { COUNTRIES } from "./countries.js";

/**
 * @param {HTMLElement} root
 * @param {import("../services.js").Services} app
 * @returns {() => void} updates the checkboxes
 */
export function mountPublicDays(root, app) {
  const { days } = app;
  const boxes = [...root.querySelectorAll("input")];
  const country = /** @type {HTMLSelectElement} */ (part(root, "country"));
  const names = new Intl.DisplayNames(locale(), { type: "region" });
  const options = Object.keys(COUNTRIES)
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((a, b) => a.name.localeCompare(b.name, locale()));
  for (const { code, name } of options) {
    const option = document.createElement("option");
    option.value = code;
    option.textContent = name;
    country.append(option);
  }
  const kept = (/** @type {string} */ what) =>
    days.list.find((day) => !day.shared && day.what === what);
  const ofCountry = (/** @type {HTMLInputElement} */ box) => box.dataset.country !== undefined;
  country.value = kept("mother")?.country ?? kept("father")?.country ?? likelyCountry();

  const render = () => {
    for (const box of boxes) {
      box.checked = kept(box.value) !== undefined;
      box.disabled = ofCountry(box) && !country.value && !box.checked;
    }
  };
  const keep = async (/** @type {HTMLInputElement} */ box) => {
    const { value: what, checked } = box;
    const before = kept(what);
    try {
      if (checked)
        await days.save(
          { what, ...(ofCountry(box) && { country: country.value }) },
          false,
          before?.id,
        );
      else if (before) await days.remove(before.id);
    } catch (error) {
      showToast(errorMessage(error));
    }
    render();
  };
  for (const box of boxes) box.addEventListener("change", () => void keep(box));
  country.addEventListener("change", async () => {
    for (const box of boxes) if (ofCountry(box) && box.checked) await keep(box);
    render();
  });
  return render;
}

/**
 * Return the likely country, if the table contains it.
 * @returns {string}
 */
function likelyCountry() {
  const help = document.getElementById("help");
  const folds =
    help instanceof HTMLTemplateElement ? [...help.content.querySelectorAll("[data-country]")] : [];
  const places = folds.map((fold) => {
    const { country = "", zones = "" } = /** @type {HTMLElement} */ (fold).dataset;
    return { code: country, zones: zones.split(" ") };
  });
  const code = resolveCountry(places, { chosen: chosenCountry(), host: "", zone: timeZone() });
  return code in COUNTRIES ? code : "";
}
