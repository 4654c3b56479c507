/**
 * What is typed while the last words are on their way stays: only what was sent is taken out of a
 * field. Where a form leads on to another page, whoever wrote more meanwhile stays on it.
 */

const FIELDS = "input, textarea, select, [aria-pressed]";
const TYPED = /** @type {const} */ (["input", "textarea"]);

/**
 * What is left of a text when what was sent is taken out of it.
 * @param {string} text
 * @param {string} sent
 */
export function removePrefix(text, sent) {
  if (!text.startsWith(sent)) return text;
  return text.slice(sent.length).replace(/^\s+/, "");
}

/**
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {string} sent
 */
export function clearSentText(field, sent) {
  const rest = removePrefix(field.value, sent);
  if (rest !== field.value) field.value = rest;
}

/**
 * All that a form says, so that it can be told whether it says more later.
 * @param {HTMLElement} root
 * @returns {string}
 */
export function formSnapshot(root) {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (root.querySelectorAll(FIELDS));
  return JSON.stringify(
    [...fields].map((one) => [one.value, one.checked, one.getAttribute("aria-pressed")]),
  );
}

/**
 * Let nothing be typed while something is being done, where what is typed could go nowhere: a name
 * or a code whose form is gone afterwards.
 * @template T
 * @param {HTMLElement} root
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function whileReadOnly(root, work) {
  const fields = TYPED.flatMap((tag) => [...root.querySelectorAll(tag)]).filter(
    (one) => !one.readOnly,
  );
  for (const field of fields) field.readOnly = true;
  try {
    return await work();
  } finally {
    for (const field of fields) field.readOnly = false;
  }
}
