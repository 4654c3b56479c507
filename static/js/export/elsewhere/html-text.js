/**
 * The text of a piece of HTML, read without a parser that could load or run any of it: the page's
 * policy allows no markup from strings. Pure.
 */

const TOKEN =
  /<!--[^]*?(?:-->|$)|<[!?][^<>]*>|<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|'[^']*'|[^'"<>])*)>|[^<]+|</gi;
const ATTRIBUTE = /(?<![\w-])([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;
const BLOCKS = "p div li ul ol blockquote h1 h2 h3 h4 h5 h6 tr table section article".split(" ");
const SILENT = ["script", "style", "head", "title", "template"];
const NAMED = new Map(
  Object.entries({ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " }),
);

/**
 * @typedef {{ kind: "text", text: string }
 *   | { kind: "start" | "end", name: string, attributes: Map<string, string> }} Token
 */

/**
 * Split HTML into its tags and the texts between them, without those of scripts and styles.
 * @param {string} html
 * @returns {Generator<Token>}
 */
export function* htmlTokens(html) {
  let silent = "";
  for (const [whole, slash, tag, rest] of html.matchAll(TOKEN)) {
    const name = (tag ?? "").toLowerCase();
    if (silent) {
      if (slash && name === silent) silent = "";
      continue;
    }
    if (!name) {
      if (!/^<[!?]/.test(whole)) yield { kind: "text", text: decode(whole) };
    } else if (!slash && SILENT.includes(name)) {
      silent = name;
    } else {
      yield { kind: slash ? "end" : "start", name, attributes: attributesOf(rest ?? "") };
    }
  }
}

/**
 * Return the text of a piece of HTML, one line for each paragraph.
 * @param {string} html
 * @returns {string}
 */
export function htmlText(html) {
  const lines = new TextLines();
  for (const token of htmlTokens(html)) lines.add(token);
  return lines.text;
}

/** Collects the text of tokens, with a line for each block. */
export class TextLines {
  /** @type {string[]} */
  #lines = [""];

  /** @param {Token} token */
  add(token) {
    const last = this.#lines.length - 1;
    if (token.kind === "text") {
      this.#lines[last] += token.text.replace(/[ \t\r\n]+/g, " ");
    } else if (token.name === "br" || BLOCKS.includes(token.name)) {
      const item = token.kind === "start" && token.name === "li" ? "- " : "";
      this.#lines.push(item);
    }
  }

  /** @returns {string} */
  get text() {
    const lines = this.#lines.map((line) => line.replaceAll(/ +/g, " ").trim());
    return lines.filter((line) => line !== "" && line !== "-").join("\n");
  }
}

/** @param {string} text */
function attributesOf(text) {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const [, name = "", ...values] of text.matchAll(ATTRIBUTE)) {
    found.set(name.toLowerCase(), decode(values.find((value) => value !== undefined) ?? ""));
  }
  return found;
}

/** @param {string} text */
function decode(text) {
  return text.replace(
    /&(#x[0-9a-f]{1,6}|#\d{1,7}|\w{1,8});/gi,
    (whole, /** @type {string} */ name) => {
      if (!name.startsWith("#")) return NAMED.get(name.toLowerCase()) ?? whole;
      const hex = name[1]?.toLowerCase() === "x";
      const code = parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10);
      const real = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
      return real ? String.fromCodePoint(code) : "\ufffd";
    },
  );
}
