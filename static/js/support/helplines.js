/** Help lines: of all countries on the page, shows the one where the person is. */

import { fill, on, part, setVisible } from "../ui/dom.js";
import { chooseCountry, chosenCountry, resolveCountry, timeZone } from "../ui/country.js";

/** @param {HTMLElement} root the element that contains the lines */
export function mountHelplines(root) {
  const folds = countryFolds(root);
  for (const fold of folds) {
    heading(fold).addEventListener("click", (event) => {
      event.preventDefault();
      chooseCountry(fold.dataset.country ?? "");
      showCountry(root, folds, fold.dataset.country ?? "");
      part(root, "change").focus();
      window.scrollTo(0, 0);
    });
  }
  on(root, "change", "click", () => {
    showCountry(root, folds, "");
    heading(/** @type {HTMLDetailsElement} */ (folds[0])).focus();
  });
  showCountry(root, folds, currentCountry(root));
  if (location.hash === "#violence") goToViolence(root);
}

/**
 * Return the country whose lines are shown, or "" if it is unknown.
 * @param {HTMLElement} root the element that contains the lines
 */
export function currentCountry(root) {
  const places = countryFolds(root).map(({ dataset }) => ({
    code: dataset.country ?? "",
    zones: (dataset.zones ?? "").split(" "),
  }));
  const known = { chosen: chosenCountry(), zone: timeZone() };
  return resolveCountry(places, { ...known, host: part(root, "countries").dataset.host ?? "" });
}

/**
 * @param {HTMLElement} root
 * @returns {HTMLDetailsElement[]}
 */
export function countryFolds(root) {
  return [...root.querySelectorAll("details.country")].filter(isFold);
}

/**
 * Show one country, or all of them to choose from.
 * @param {HTMLElement} root
 * @param {HTMLDetailsElement[]} folds
 * @param {string} code
 */
function showCountry(root, folds, code) {
  const own = folds.find((fold) => fold.dataset.country === code);
  for (const fold of folds) {
    fold.open = fold === own;
    fold.hidden = own !== undefined && fold !== own;
    heading(fold).hidden = fold === own;
  }
  fill(root, { place: own ? (heading(own).textContent ?? "") : "" });
  for (const name of ["where", "change"]) setVisible(root, name, own !== undefined);
  for (const name of ["ask", "violence"]) setVisible(root, name, own === undefined);
  root.querySelector("#violence")?.removeAttribute("id");
  (own?.querySelector("[data-kind=violence]") ?? part(root, "violence")).id = "violence";
}

/**
 * Open the part that an address ending in #violence refers to.
 * @param {HTMLElement} root
 */
function goToViolence(root) {
  const section = root.querySelector("#violence");
  if (!(section instanceof HTMLElement)) return;
  if (isFold(section)) section.open = true;
  const title = isFold(section) ? heading(section) : part(section, "violence-title");
  title.focus({ preventScroll: true });
  section.scrollIntoView();
}

/**
 * @param {Element} element
 * @returns {element is HTMLDetailsElement}
 */
function isFold(element) {
  return element instanceof HTMLDetailsElement;
}

/**
 * @param {HTMLDetailsElement} fold
 * @returns {HTMLElement}
 */
function heading(fold) {
  return /** @type {HTMLElement} */ (fold.querySelector("summary"));
}
