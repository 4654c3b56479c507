/**
 * Translated sentences for JavaScript, which the page holds as `<p data-say="key">` in #sentences.
 */

/**
 * Return a sentence, with each `{name}` replaced by the given value.
 * @param {string} key
 * @param {Record<string, string>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  const template = document.getElementById("sentences");
  const found =
    template instanceof HTMLTemplateElement
      ? template.content.querySelector(`[data-say="${key}"]`)
      : null;
  if (!found) throw new Error(`no sentence ${key}`);
  return (found.textContent ?? "").trim().replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/**
 * Return the sentence for an error: what happened and what to do.
 * @param {unknown} error
 * @returns {string}
 */
export function errorMessage(error) {
  const code = error instanceof Error && "error" in error ? String(error.error) : "fault";
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("sentences"));
  const known = template.content.querySelector(`[data-say="error-${CSS.escape(code)}"]`);
  return t(known ? `error-${code}` : "error-fault");
}

/**
 * Return the language code of the page.
 * @returns {string}
 */
export function locale() {
  return document.documentElement.lang;
}
