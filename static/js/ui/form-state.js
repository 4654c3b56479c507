/**
 * Keeps text that is typed while an earlier text is being sent: only the sent text is removed from
 * a field. If a form leads to another screen, a person who has typed more meanwhile stays on it.
 */

const FIELDS = "input, textarea, select, [aria-pressed]";
const TYPED = /** @type {const} */ (["input", "textarea"]);

/**
 * Return what is left of a text after the sent text is removed.
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
 * Return the form's complete state, to detect later changes.
 * @param {HTMLElement} root
 * @returns {string}
 */
export function formSnapshot(root) {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (root.querySelectorAll(FIELDS));
  return JSON.stringify(
    [...fields].map((field) => [field.value, field.checked, field.getAttribute("aria-pressed")]),
  );
}

/**
 * Make fields read-only while work is running, for forms that disappear afterwards, where typed
 * text would have no place to go.
 * @template T
 * @param {HTMLElement} root
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function whileReadOnly(root, work) {
  const fields = TYPED.flatMap((tag) => [...root.querySelectorAll(tag)]).filter(
    (field) => !field.readOnly,
  );
  for (const field of fields) field.readOnly = true;
  try {
    return await work();
  } finally {
    for (const field of fields) field.readOnly = false;
  }
}
