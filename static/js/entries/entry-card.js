/** The card of one entry. A private one stays folded until it is tapped. */

import { clone, fill, on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { locale, t, errorMessage } from "../ui/i18n.js";
import { formatDate } from "../calendar-date.js";
import { recipientLine } from "./letter-recipient.js";
import { isTimeLocked } from "../replica/time-lock.js";
import { renderFeeling } from "./entry-feeling.js";
import { renderFile } from "./entry-file.js";
import { importedAuthor } from "./imported-author.js";
import { timestamp } from "../clock.js";
import { formatDay } from "../ui/format-date.js";
import { childController } from "../ui/lifetime.js";

export class EntryCard {
  #app;
  #lifetime;
  #renderedVersion = "";

  /**
   * @param {import("../services.js").Services} app
   * @param {import("../replica/journal.js").Entry} entry
   * @param {AbortSignal} signal
   * @param {string} [template]
   */
  constructor(app, entry, signal, template = entry.shared ? "entry-ours" : "entry-mine") {
    this.#app = app;
    this.entry = entry;
    this.root = clone(template);
    this.#lifetime = childController(signal);
    /** Object URLs of pictures and sounds end with the body that shows them. */
    this.body = childController(this.#lifetime.signal);
    this.expanded = this.root.querySelector("[data-part=unfold]") === null;
    if (!this.expanded) on(this.root, "unfold", "click", () => this.setExpanded(!this.expanded));
    this.wireActions();
  }

  /** Remove the card from the page. */
  close() {
    this.#lifetime.abort();
    this.root.remove();
  }

  /** Wire the actions of the card. */
  wireActions() {
    const { entry } = this;
    const app = this.#app;
    on(this.root, "edit", "click", () => void app.router.navigate(this.editPath));
    on(this.root, "delete", "click", () => this.askToConfirm("delete-box"));
    on(this.root, "delete-yes", "click", () => void this.#erase());
    on(this.root, "delete-no", "click", () => setVisible(this.root, "delete-box", false));
    if (!entry.shared) {
      on(this.root, "share", "click", () => this.askToConfirm("share-box"));
      on(this.root, "share-yes", "click", () => void this.shareCopy());
      on(this.root, "share-no", "click", () => setVisible(this.root, "share-box", false));
      this.wireOpenEarly();
    }
  }

  /** Wire opening a time-locked letter before its day. */
  wireOpenEarly() {
    on(this.root, "early", "click", () => this.askToConfirm("early-box"));
    on(this.root, "early-yes", "click", () => void this.#openEarly());
    on(this.root, "early-no", "click", () => setVisible(this.root, "early-box", false));
  }

  /** @param {boolean} closed */
  showTimeLock(closed) {
    const { root, entry } = this;
    fill(root, {
      closed: closed
        ? t("letter-closed-until", { date: formatDate(entry.doc?.opens, locale()) })
        : "",
    });
    setVisible(root, "closed", closed);
    if (entry.shared) return;
    setVisible(root, "unfold-box", !closed);
    setVisible(root, "early", closed);
  }

  /**
   * Show the actions that are possible in the current state.
   * @param {boolean} opened
   */
  showActions(opened) {
    const { root, entry } = this;
    const app = this.#app;
    const own = opened && entry.doc?.from?.mine !== false; // a partner's entry cannot be edited
    setVisible(root, "edit", own);
    if (!entry.shared) setVisible(root, "share", app.journals.shared !== null && own);
  }

  /** The path of the screen that edits the entry. */
  get editPath() {
    return `${editorPath(this.entry.doc?.type)}/${this.entry.id}`;
  }

  /**
   * The journal that contains the entry.
   * @returns {import("../replica/journal.js").Journal | null}
   */
  get journal() {
    return this.entry.shared ? this.#app.journals.shared : this.#app.journals.individual;
  }

  /** @param {import("../replica/journal.js").Entry} entry */
  update(entry) {
    this.entry = entry;
    const closed = isTimeLocked(entry.doc);
    const version = `${entry.rev}.${entry.trouble}.${this.expanded}.${closed}`;
    if (version === this.#renderedVersion) return;
    this.#renderedVersion = version;
    const { root } = this;
    const app = this.#app;
    if (entry.shared) {
      const who = entry.mine ? t("you") : app.journals.nameOf(entry.author);
      fill(root, { who: t("ours-by", { who }) });
      root.classList.toggle("theirs", !entry.mine);
    }
    const texts = {
      "cannot-open": "trouble-cannot-open",
      newer: "trouble-newer",
      older: "trouble-older",
      deleted: "trouble-deleted",
      forged: "trouble-forged",
    };
    const trouble = entry.trouble ? t(texts[entry.trouble]) : "";
    fill(root, { trouble });
    setVisible(root, "trouble", trouble !== "");
    this.body.abort();
    this.body = childController(this.#lifetime.signal);
    this.renderBody();
    this.showTimeLock(closed);
    setVisible(root, "actions", entry.mine && (this.expanded || closed));
    this.showActions(entry.doc !== null && !closed);
  }

  renderBody() {
    const { root, entry } = this;
    const closed = isTimeLocked(entry.doc);
    const doc = this.expanded && !closed ? entry.doc : null;
    const to = doc ? recipientLine(doc, entry.mine, this.#app) : "";
    const date = entry.doc && !closed ? formatDay(entry.doc.at) : "";
    fill(root, { text: doc ? String(doc.text ?? "") : "", to, date });
    setVisible(root, "to", to !== "");
    setVisible(root, "body", this.expanded && !closed);
    if (!entry.shared) {
      fill(root, { from: doc?.from ? importedAuthor(doc.from) : "" });
      setVisible(root, "from", Boolean(doc?.from));
    }
    const feelings = (doc?.feelings ?? []).map((/** @type {string} */ id) =>
      renderFeeling(this.#app, entry.mine && this.journal?.writable === true, id),
    );
    part(root, "feelings").replaceChildren(...feelings);
    part(root, "files").replaceChildren(
      ...(doc?.files ?? [])
        .filter((/** @type {any} */ note) => !note.small)
        .map((/** @type {any} */ note) => this.renderFile(note)),
    );
  }

  /** @param {import("../replica/attachments.js").FileNote} note */
  renderFile(note) {
    return renderFile(this.journal, this.entry, note, this.body.signal);
  }

  /** @param {boolean} open */
  setExpanded(open) {
    this.expanded = open;
    part(this.root, "unfold").setAttribute("aria-expanded", String(open));
    part(this.root, "unfold").textContent = t(open ? "fold" : "folded");
    this.update(this.entry);
  }

  /** @param {"delete-box" | "share-box" | "early-box"} box */
  askToConfirm(box) {
    if (box === "delete-box") fill(this.root, { restorable: t(this.#app.deviceStore.restorable) });
    if (box === "share-box") fill(this.root, { "share-text": String(this.entry.doc?.text ?? "") });
    setVisible(this.root, box, true);
    part(this.root, box.replace("box", "no")).focus();
  }

  /** Open a time-locked letter before its day, the only way to do so. */
  async #openEarly() {
    const { entry } = this;
    try {
      const doc = { ...entry.doc, opened: true };
      await this.journal?.write(doc, { id: entry.id, rev: entry.rev + 1 });
      this.setExpanded(true);
      part(this.root, "unfold").focus();
    } catch (error) {
      showToast(errorMessage(error));
    }
  }

  async #erase() {
    try {
      await this.journal?.erase(this.entry);
      showToast(t("deleted"));
    } catch (error) {
      showToast(errorMessage(error));
    }
  }

  /** Copy to the shared journal, as a new entry that does not reveal its origin. */
  async shareCopy() {
    const { doc } = this.entry;
    if (!doc) return;
    try {
      const { type, text, to, feelings, for: words, whom } = doc;
      await this.#app.journals.shared?.write({
        at: timestamp(),
        type,
        text,
        to,
        feelings,
        for: words,
        whom,
        files: [],
      });
      setVisible(this.root, "share-box", false);
      showToast(t("shared"));
    } catch (error) {
      showToast(errorMessage(error));
    }
  }
}

/**
 * Return the path of the editor for a type of entry.
 * @param {string} [type]
 * @returns {string}
 */
export function editorPath(type) {
  return type === "letter" ? "space/letters/write" : "space/journal/write";
}
