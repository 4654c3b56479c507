/**
 * A page to show to a therapist or a clinic: the member chooses each piece, sees the page as it
 * will be, and prints it or saves it as a file. Nothing is sent.
 */

import { clock } from "../clock.js";
import { clone, fill, input, on, part, setVisible } from "../ui/dom.js";
import { formatDay } from "../ui/format-date.js";
import { withErrorNotice } from "../ui/error-notice.js";
import { errorMessage, locale, t } from "../ui/i18n.js";
import { objectUrl } from "../ui/lifetime.js";
import { mountPinPrompt } from "../ui/pin-prompt.js";
import { showToast } from "../ui/toast.js";
import { bookStyle } from "./book-style.js";
import { ExportReader } from "./export-reader.js";
import { renderBook } from "./html-book.js";
import { dateStamp } from "./progress.js";
import { roomPieces } from "./room-pieces.js";

/** @typedef {import("./room-pieces.js").Piece} Piece */

const STEP = 30; // pieces that are shown at once
const EXCERPT = 160; // characters of a piece in the list

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "taking-room",
  auth: "member",
  title: "title",
  tab: "settings",
  async mount(root, app, _, signal) {
    const { pinLock, session } = app;
    setVisible(root, "open", !pinLock.isLocked);
    if (pinLock.isLocked) return mountPinPrompt(part(root, "only-me"), pinLock);
    /** @type {Piece[]} */
    let pieces = [];
    /** @type {Set<Piece>} */
    const chosen = new Set();
    let shown = STEP;
    const name = input(root, "name");
    name.value = session.account.login;

    const onlyOwn = () => input(root, "own").checked;
    const onPage = () =>
      [...chosen]
        .filter(({ own }) => own || !onlyOwn())
        .sort((a, b) => Date.parse(a.page.at) - Date.parse(b.page.at));
    const says = () => ({
      title: t("room-title"),
      under: t("room-under", {
        name: name.value.trim() || session.account.login,
        date: formatDay(clock.date.toISOString()),
      }),
    });
    const preview = () => {
      fill(root, says());
      part(root, "preview").replaceChildren(...onPage().map(article));
      setVisible(root, "made", onPage().length > 0);
    };
    const choose = (/** @type {Piece} */ piece, /** @type {HTMLElement} */ row) => {
      if (!chosen.delete(piece)) chosen.add(piece);
      part(row, "add").setAttribute("aria-pressed", String(chosen.has(piece)));
      preview();
    };
    const render = () => {
      const offered = pieces.filter(({ own }) => own || !onlyOwn());
      const rows = offered.slice(0, shown).map((piece) => {
        const row = pieceRow(piece, chosen.has(piece));
        on(row, "add", "click", () => choose(piece, row));
        return row;
      });
      part(root, "pieces").replaceChildren(...rows);
      setVisible(root, "more", offered.length > shown);
      preview();
    };
    on(root, "own", "change", render);
    on(root, "name", "input", preview);
    on(root, "more", "click", () => {
      const last = shown;
      shown += STEP;
      render();
      /** @type {HTMLElement | null} */ (
        part(root, "pieces").children[last]?.querySelector("button") ?? null
      )?.focus();
    });
    on(root, "print", "click", () => window.print());
    on(root, "file", "click", () =>
      withErrorNotice(async () => {
        const style = await bookStyle();
        const labels = { picture: "", recording: "", elsewhere: "" }; // the page has no files
        const pages = onPage().map(({ page }) => page);
        const file = await renderBook(pages, { ...says(), ...labels, language: locale() }, style);
        const save = document.createElement("a");
        save.href = objectUrl(file, signal);
        save.download = `${dateStamp(clock.date)}.html`;
        save.click();
      }),
    );

    fill(root, { state: t("taking-gathers") });
    try {
      pieces = await roomPieces(app, new ExportReader(app, true).answers());
    } catch (error) {
      fill(root, { state: "" });
      return showToast(errorMessage(error));
    }
    fill(root, { state: pieces.length ? "" : t("room-none") });
    setVisible(
      root,
      "own-box",
      pieces.some(({ own }) => !own),
    );
    render();
  },
};

/**
 * @param {Piece} piece
 * @param {boolean} pressed
 */
function pieceRow({ page }, pressed) {
  const row = clone("room-piece");
  const words = textsOf(page).join(" · ") || page.feelings;
  fill(row, {
    about: whenAndWho(page),
    text: words.length > EXCERPT ? `${words.slice(0, EXCERPT)}…` : words,
  });
  part(row, "add").setAttribute("aria-pressed", String(pressed));
  return row;
}

/** @param {Piece} piece */
function article({ own, page }) {
  const root = clone("room-article");
  root.classList.toggle("theirs", !own);
  fill(root, { when: whenAndWho(page), heading: page.heading, feelings: page.feelings });
  setVisible(root, "heading", page.heading !== "");
  const lines = [...page.texts, ...page.items.flat()].map((text) => {
    const line = document.createElement("p");
    line.className = "text";
    line.dir = "auto";
    line.textContent = text;
    return line;
  });
  part(root, "texts").replaceChildren(...lines);
  return root;
}

/** @param {import("./html-book.js").Page} page */
function textsOf({ heading, texts, items }) {
  return [heading, ...texts, ...items.flat()].filter(Boolean);
}

/** @param {import("./html-book.js").Page} page */
function whenAndWho({ at, who }) {
  return [Date.parse(at) ? formatDay(at) : "", who].filter(Boolean).join(" · ");
}
