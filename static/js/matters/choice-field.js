/** The five answers on offer, of which at most one is chosen. */

/**
 * @param {HTMLElement} root
 * @returns {HTMLInputElement[]}
 */
function radios(root) {
  return [...root.querySelectorAll("input")].filter(({ name }) => name === "choice");
}

/**
 * Return the chosen answer, or "".
 * @param {HTMLElement} root
 */
export function chosen(root) {
  return radios(root).find(({ checked }) => checked)?.value ?? "";
}

/**
 * @param {HTMLElement} root
 * @param {string} choice "" for none
 */
export function checkChoice(root, choice) {
  for (const radio of radios(root)) radio.checked = radio.value === choice;
}

/** @param {HTMLElement} root */
export function focusChoices(root) {
  radios(root)[0]?.focus();
}
