/** Preset sentences, which the page holds in a `<template>`. Only their ids are stored and sent. */

/** @typedef {{ id: string, kind: string, text: string }} Preset */

/**
 * @param {string} template
 * @returns {Preset[]} in this page's language
 */
export function readPresets(template) {
  const found = document.getElementById(template);
  if (!(found instanceof HTMLTemplateElement)) return [];
  return [...found.content.querySelectorAll("li")].map((item) => ({
    id: item.dataset.id ?? "",
    kind: item.dataset.kind ?? "",
    text: (item.textContent ?? "").trim(),
  }));
}
