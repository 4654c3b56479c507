/**
 * Markdown and plain text, one entry a file, with or without front matter (the lines between two
 * lines of three hyphens at the start, as in Jekyll and Obsidian). Pure.
 */

import { dateInPath, momentInZone, readDate } from "./dates.js";

const FRONT = /^---[ \t]*\n([^]*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/;
const LINE = /^([\w -]+):[ \t]*(.*)$/;
const DATES = ["date", "created", "creation date", "created at", "created_at", "datetime"];
// Each part has a greatest length, so that no text is slow to search.
const LINK = new RegExp(
  [
    /!\[[^\]]{0,500}\]\(\s{0,9}<?([^)>\s]{1,500})>?(?:\s[^)]{0,500})?\)/, // Markdown
    /!\[\[([^\]|]{1,500})(?:\|[^\]]{0,500})?\]\]/, // Obsidian
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

/**
 * @typedef {import("./read-zip.js").SourceFile} SourceFile
 * @typedef {import("./recognise.js").Found} Found
 */

/**
 * Decode a text: UTF-8, or UTF-16 with its mark, or what Windows wrote before it used these.
 * @param {BufferSource & Uint8Array} bytes
 * @returns {string}
 */
export function decodeText(bytes) {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** @param {string} path */
export function isText(path) {
  return /\.(md|markdown|mdown|txt|text)$/i.test(path);
}

/**
 * @param {string} whole
 * @param {SourceFile} file
 * @param {Map<string, string>} names the paths of all files that are no text, by path and by name
 * @returns {Found | null} null if nothing is written in it
 */
export function readText(whole, file, names) {
  const plain = whole.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const { front, title, date, tags, rest } = frontMatter(plain);
  const body = plain.slice(front).trim();
  const folder = file.path.slice(0, file.path.lastIndexOf("/") + 1);
  /** @type {string[]} */
  const media = [];
  const text = body.replace(
    LINK,
    (link, /** @type {string} */ address, /** @type {string} */ wiki) => {
      const found = findFile(address ?? wiki, folder, names);
      if (!found) return link;
      media.push(found);
      return "";
    },
  );
  const heading = title && !body.replace(/^#+ */, "").startsWith(title) ? title : "";
  const parts = [heading, text.replace(/\n{3,}/g, "\n\n").trim(), tags, rest].filter(Boolean);
  if (!parts.length && !media.length) return null;
  return {
    source: `text/${file.path}`,
    at: date || dateInPath(file.path) || (file.changed ? localOf(file.changed) : ""),
    text: parts.join("\n\n"),
    media: [...new Set(media)],
  };
}

/**
 * Read the front matter; lines that are not understood stay in the text.
 * @param {string} text
 */
function frontMatter(text) {
  const found = FRONT.exec(text);
  const front = { front: found?.[0].length ?? 0, title: "", date: "", tags: "", rest: "" };
  const other = [];
  let key = "";
  for (const line of found?.[1]?.split("\n") ?? []) {
    const item = /^\s*-\s+(.+)$/.exec(line)?.[1];
    if (item && key === "tags") {
      front.tags += ` #${bare(item).replaceAll(" ", "-")}`;
      continue;
    }
    const [, name = "", value = ""] = LINE.exec(line) ?? [];
    key = name.trim().toLowerCase();
    const date = DATES.includes(key) && readDate(bare(value));
    if (date) front.date ||= date;
    else if (key === "title") front.title = bare(value);
    else if (key === "tags") front.tags = tagList(value);
    else if (line.trim()) other.push(line);
  }
  return { ...front, tags: front.tags.trim(), rest: other.join("\n") };
}

/** @param {string} value */
function tagList(value) {
  const names = value.replace(/^\[|\]$/g, "").split(",");
  const tags = names.map((name) => bare(name).replace(/^#/, "").replaceAll(" ", "-"));
  return tags
    .filter(Boolean)
    .map((tag) => `#${tag}`)
    .join(" ");
}

/** @param {string} value */
function bare(value) {
  return value.trim().replace(/^(["'])(.*)\1$/, "$2");
}

/**
 * @param {string} address
 * @param {string} folder
 * @param {Map<string, string>} names
 * @returns {string} "" if it is not here
 */
function findFile(address, folder, names) {
  if (/^[a-z]+:/i.test(address)) return "";
  let path = address;
  try {
    path = decodeURIComponent(address);
  } catch {
    // a name with a per cent sign in it
  }
  const steps = [];
  for (const step of (folder + path).normalize().split("/")) {
    if (step === "..") steps.pop();
    else if (step && step !== ".") steps.push(step);
  }
  return names.get(steps.join("/")) ?? names.get(steps.at(-1) ?? "") ?? "";
}

/** @param {Date} moment */
function localOf(moment) {
  return momentInZone(moment, Intl.DateTimeFormat().resolvedOptions().timeZone);
}
