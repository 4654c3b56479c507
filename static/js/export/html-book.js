/**
 * The book: one HTML file that opens anywhere and runs no code. Its own Content Security Policy
 * allows only the one inline style, and inline pictures and sounds; no script, no network. Every
 * text goes through `escapeHtml`. Pure.
 */

import { sha256, utf8 } from "../crypto/bytes.js";
import { escapeHtml } from "./escape-html.js";

/**
 * One page of the book. `media`: as data, or null where it is too large for a book.
 * @typedef {{
 *   at: string, side: "mine" | "ours", who: string, heading: string, about: string,
 *   texts: string[], items: string[][], feelings: string, trouble?: string,
 *   media: { mime: string, bytes: Uint8Array | null }[],
 * }} Page
 * The book's own labels.
 * @typedef {{ language: string, title: string, under: string, picture: string, recording: string,
 *   elsewhere: string }} Says
 */

const PICTURE = /^image\/(?:jpeg|png|webp|avif|gif)$/;
const SOUND = /^audio\/(?:webm|mp4|ogg|mpeg)$/;
// bytes per chunk, a multiple of three, so that there is no padding between chunks
const CHUNK = 0x3000;

/**
 * @param {Page[]} pages in any order
 * @param {Says} labels
 * @param {string} style CSS without a closing tag in it
 * @returns {Promise<Blob>}
 */
export async function renderBook(pages, labels, style) {
  const hash = base64(await sha256(utf8(style)));
  const policy =
    `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; media-src data:; ` +
    "base-uri 'none'; form-action 'none'";
  /** @type {BlobPart[]} */
  const parts = [
    `<!doctype html>\n<html lang="${escapeHtml(labels.language)}">\n<head>\n`,
    `<meta charset="utf-8">\n`,
    `<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">\n`,
    `<meta name="referrer" content="no-referrer">\n`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">\n`,
    `<title>${escapeHtml(labels.title)}</title>\n<style>${style}</style>\n</head>\n<body>\n`,
    `<header><h1>${escapeHtml(labels.title)}</h1>${line("p", labels.under)}</header>\n<main>\n`,
  ];
  const month = new Intl.DateTimeFormat(labels.language, { month: "long", year: "numeric" });
  let before = "";
  for (const page of [...pages].sort((a, b) => time(a) - time(b))) {
    const now = time(page) ? month.format(time(page)) : "";
    if (now !== before) parts.push(line("h2", (before = now)));
    parts.push(new Blob([article(page, labels)])); // so that large ones need not stay in memory
  }
  parts.push("</main>\n</body>\n</html>\n");
  return new Blob(parts, { type: "text/html" });
}

/**
 * @param {Page} page
 * @returns {number} milliseconds, 0 if unknown
 */
function time({ at }) {
  return Date.parse(at) || 0;
}

/**
 * @param {Page} page
 * @param {Says} labels
 */
function article(page, labels) {
  const day = new Intl.DateTimeFormat(labels.language, { dateStyle: "long" });
  const date = time(page) ? day.format(time(page)) : "";
  const items = page.items.map(
    (texts) => `<li dir="auto">${texts.map(escapeHtml).join("<br>")}</li>`,
  );
  return [
    `<article class="${page.side === "ours" ? "ours" : "mine"}">`,
    line("p", [date, page.who].filter(Boolean).join(" · "), "when"),
    line("h3", page.heading),
    line("p", page.about, "about"),
    ...page.texts.map((text) => line("div", text, "text")),
    items.length ? `<ul>${items.join("")}</ul>` : "",
    ...page.media.map((file) => medium(file, labels)),
    line("p", page.feelings, "feelings"),
    line("p", page.trouble ?? "", "trouble"),
    "</article>\n",
  ].join("");
}

/**
 * @param {string} tag
 * @param {string} text
 * @param {string} [name] its class
 */
function line(tag, text, name) {
  if (!text) return "";
  return `<${tag}${name ? ` class="${name}"` : ""} dir="auto">${escapeHtml(text)}</${tag}>`;
}

/**
 * @param {Page["media"][number]} medium
 * @param {Says} labels
 */
function medium({ mime, bytes }, labels) {
  const type = mime.split(";")[0] ?? "";
  const picture = PICTURE.test(type);
  if (!bytes || (!picture && !SOUND.test(type))) return line("p", labels.elsewhere, "about");
  const data = `data:${type};base64,${base64(bytes)}`;
  if (picture) return `<figure><img alt="${escapeHtml(labels.picture)}" src="${data}"></figure>`;
  const caption = line("figcaption", labels.recording);
  return `<figure><audio controls src="${data}"></audio>${caption}</figure>`;
}

/** @param {Uint8Array} bytes encoded with padding, as data: URLs and the policy's hashes require */
function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
  }
  return text;
}
