/** Templates and their named parts: the only source of markup. */

/**
 * Clone the one element inside `<template id="…">`.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function clone(id) {
  const template = document.getElementById(id);
  if (!(template instanceof HTMLTemplateElement)) throw new Error(`no template ${id}`);
  const root = template.content.firstElementChild?.cloneNode(true);
  if (!(root instanceof HTMLElement)) throw new Error(`template ${id} holds no element`);
  return root;
}

/**
 * Find the element marked `data-part="name"`, in a root or the root itself.
 * @param {Element} root
 * @param {string} name
 * @returns {HTMLElement}
 */
export function part(root, name) {
  const selector = `[data-part="${name}"]`;
  const found = root.matches(selector) ? root : root.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`no part ${name}`);
  return found;
}

/**
 * @param {Element} root
 * @param {string} name
 * @returns {HTMLInputElement}
 */
export function input(root, name) {
  return /** @type {HTMLInputElement} */ (part(root, name));
}

/**
 * Set the text of named parts; unchanged text is not announced again.
 * @param {Element} root
 * @param {Record<string, string>} texts
 */
export function fill(root, texts) {
  for (const [name, text] of Object.entries(texts)) {
    const found = part(root, name);
    if (found.textContent !== text) found.textContent = text;
  }
}

/**
 * Show a named part, or hide it from everyone, including screen readers.
 * @param {Element} root
 * @param {string} name
 * @param {boolean} visible
 */
export function setVisible(root, name, visible) {
  part(root, name).hidden = !visible;
}

/**
 * Listen to a named part.
 * @param {Element} root
 * @param {string} name
 * @param {string} type
 * @param {(event: Event) => void} listener
 */
export function on(root, name, type, listener) {
  part(root, name).addEventListener(type, listener);
}

/**
 * Return a function that ignores calls while the work is running, so that two taps count as one.
 * @param {() => Promise<void>} work
 */
export function oneAtATime(work) {
  let busy = false;
  return async () => {
    if (busy) return;
    busy = true;
    try {
      await work();
    } finally {
      busy = false;
    }
  };
}

/**
 * Handle a form's submission in the page instead of by navigation, and never twice concurrently.
 * @param {Element} root
 * @param {string} name
 * @param {() => Promise<void>} submit
 */
export function onSubmit(root, name, submit) {
  const send = oneAtATime(submit);
  on(root, name, "submit", (event) => {
    event.preventDefault();
    return send();
  });
}
