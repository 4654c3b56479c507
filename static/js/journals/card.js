/** One entry on the page. A private one stays folded until it is touched. */

import { clone, fill, on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { language, say, sayError } from "../ui/sentences.js";
import { spoken } from "../days/dates.js";
import { letterTo } from "../letters/address.js";
import { isClosed } from "../letters/closed.js";
import { feelingWord } from "./feelings.js";
import { openFile } from "./files.js";
import { sayFrom } from "./from.js";
import { now } from "./journal.js";

export class EntryCard {
  /**
   * @param {import("../app.js").App} app
   * @param {import("./journal.js").Entry} entry
   * @param {string} [template]
   */
  constructor(app, entry, template = entry.shared ? "entry-ours" : "entry-mine") {
    this.app = app;
    this.entry = entry;
    this.root = clone(template);
    this.open = this.root.querySelector("[data-part=unfold]") === null;
    this.drawn = "";
    if (!this.open) on(this.root, "unfold", "click", () => this.fold(!this.open));
    this.wire();
  }

  /** What can be done with it. */
  wire() {
    const { app, entry } = this;
    on(this.root, "edit", "click", () => void app.router.go(this.changing));
    on(this.root, "delete", "click", () => this.ask("delete-box"));
    on(this.root, "delete-yes", "click", () => void this.erase());
    on(this.root, "delete-no", "click", () => show(this.root, "delete-box", false));
    if (!entry.shared) {
      on(this.root, "share", "click", () => this.ask("share-box"));
      on(this.root, "share-yes", "click", () => void this.copy());
      on(this.root, "share-no", "click", () => show(this.root, "share-box", false));
      this.wireEarly();
    }
  }

  /** What opens a closed letter before its day. */
  wireEarly() {
    on(this.root, "early", "click", () => this.ask("early-box"));
    on(this.root, "early-yes", "click", () => void this.openEarly());
    on(this.root, "early-no", "click", () => show(this.root, "early-box", false));
  }

  /** @param {boolean} closed */
  showClosed(closed) {
    const { root, entry } = this;
    fill(root, {
      closed: closed
        ? say("letter-closed-until", { date: spoken(entry.doc?.opens, language()) })
        : "",
    });
    show(root, "closed", closed);
    if (entry.shared) return;
    show(root, "unfold-box", !closed);
    show(root, "early", closed);
  }

  /** What can be done with it just now. @param {boolean} opened */
  showWays(opened) {
    const { app, root, entry } = this;
    const own = opened && entry.doc?.from?.mine !== false; // what another wrote stays so
    show(root, "edit", own);
    if (!entry.shared) show(root, "share", app.journals.shared !== null && own);
  }

  /** Where its words are changed. */
  get changing() {
    return `${writingAddress(this.entry.doc?.type)}/${this.entry.id}`;
  }

  /** The journal that it stands in. @returns {import("./journal.js").Journal | null} */
  get journal() {
    return this.entry.shared ? this.app.journals.shared : this.app.journals.individual;
  }

  /** @param {import("./journal.js").Entry} entry */
  update(entry) {
    this.entry = entry;
    const closed = isClosed(entry.doc);
    const version = `${entry.rev}.${entry.trouble}.${this.open}.${closed}`;
    if (version === this.drawn) return;
    this.drawn = version;
    const { app, root } = this;
    if (entry.shared) {
      const who = entry.mine ? say("you") : app.journals.nameOf(entry.author);
      fill(root, { who: say("ours-by", { who }) });
      root.classList.toggle("theirs", !entry.mine);
    }
    const texts = {
      "cannot-open": "trouble-cannot-open",
      newer: "trouble-newer",
      older: "trouble-older",
      deleted: "trouble-deleted",
      forged: "trouble-forged",
    };
    const trouble = entry.trouble ? say(texts[entry.trouble]) : "";
    fill(root, { trouble });
    show(root, "trouble", trouble !== "");
    this.body();
    this.showClosed(closed);
    show(root, "actions", entry.mine && (this.open || closed));
    this.showWays(entry.doc !== null && !closed);
  }

  body() {
    const { root, entry } = this;
    const closed = isClosed(entry.doc);
    const doc = this.open && !closed ? entry.doc : null;
    const to = doc ? letterTo(doc, entry.mine, this.app) : "";
    const date = entry.doc && !closed ? day(entry.doc.at) : "";
    fill(root, { text: doc ? String(doc.text ?? "") : "", to, date });
    show(root, "to", to !== "");
    show(root, "body", this.open && !closed);
    if (!entry.shared) {
      fill(root, { from: doc?.from ? sayFrom(doc.from) : "" });
      show(root, "from", Boolean(doc?.from));
    }
    const feelings = (doc?.feelings ?? []).map((/** @type {string} */ one) => this.feeling(one));
    part(root, "feelings").replaceChildren(...feelings);
    part(root, "files").replaceChildren(
      ...(doc?.files ?? [])
        .filter((/** @type {any} */ one) => !one.small)
        .map((/** @type {any} */ one) => this.file(one)),
    );
  }

  /** A feeling; on an entry of one's own it leads to one's others with it. @param {string} one */
  feeling(one) {
    const { app, entry, journal } = this;
    const word = feelingWord(one);
    if (!entry.mine || !journal?.writable) {
      const plain = document.createElement("li");
      plain.textContent = word;
      return plain;
    }
    const item = clone("entry-feeling");
    fill(item, { said: word });
    part(item, "said").setAttribute("aria-label", say("feeling-entries", { feeling: word }));
    on(item, "said", "click", () => {
      app.finding.look({ feeling: one });
      void app.router.go("space/find");
    });
    return item;
  }

  /** @param {import("./files.js").FileNote} note */
  file(note) {
    if (note.mime === "image/jpeg") return this.pictureLine(note);
    const line = clone("entry-file");
    const { journal } = this;
    on(line, "listen", "click", async () => {
      try {
        if (!journal) return;
        const sound = part(line, "sound");
        const blob = await openFile(journal, this.entry, note);
        /** @type {HTMLAudioElement} */ (sound).src = URL.createObjectURL(blob);
        sound.hidden = false;
        show(line, "listen", false);
        await /** @type {HTMLAudioElement} */ (sound).play().catch(() => {});
      } catch (error) {
        notice(
          error instanceof Error && "error" in error ? sayError(error) : say("trouble-cannot-open"),
        );
      }
    });
    return line;
  }

  /** A picture, shown when it is touched. @param {import("./files.js").FileNote} note */
  pictureLine(note) {
    const line = clone("entry-picture");
    const image = /** @type {HTMLImageElement} */ (part(line, "picture"));
    on(line, "look", "click", async () => {
      try {
        if (!this.journal) return;
        image.src = URL.createObjectURL(await openFile(this.journal, this.entry, note));
        image.style.setProperty("--ratio", String(Number(note.width) / Number(note.height) || 1));
        image.hidden = false;
        show(line, "look", false);
      } catch (error) {
        notice(
          error instanceof Error && "error" in error ? sayError(error) : say("trouble-cannot-open"),
        );
      }
    });
    return line;
  }

  /** @param {boolean} open */
  fold(open) {
    this.open = open;
    part(this.root, "unfold").setAttribute("aria-expanded", String(open));
    part(this.root, "unfold").textContent = say(open ? "fold" : "folded");
    this.update(this.entry);
  }

  /** @param {"delete-box" | "share-box" | "early-box"} box */
  ask(box) {
    if (box === "delete-box") fill(this.root, { restorable: say(this.app.vault.restorable) });
    if (box === "share-box") fill(this.root, { "share-text": String(this.entry.doc?.text ?? "") });
    show(this.root, box, true);
    part(this.root, box.replace("box", "no")).focus();
  }

  /** The one way to open a closed letter before its day. */
  async openEarly() {
    const { entry } = this;
    try {
      const doc = { ...entry.doc, opened: true };
      await this.journal?.write(doc, { id: entry.id, rev: entry.rev + 1 });
      this.fold(true);
      part(this.root, "unfold").focus();
    } catch (error) {
      notice(sayError(error));
    }
  }

  async erase() {
    try {
      await this.journal?.erase(this.entry);
      notice(say("deleted"));
    } catch (error) {
      notice(sayError(error));
    }
  }

  /** Copy to the shared journal: a new entry, with nothing of where it came from. */
  async copy() {
    const { doc } = this.entry;
    if (!doc) return;
    try {
      const { type, text, to, feelings, for: words, whom } = doc;
      await this.app.journals.shared?.write({
        at: now(),
        type,
        text,
        to,
        feelings,
        for: words,
        whom,
        files: [],
      });
      show(this.root, "share-box", false);
      notice(say("shared"));
    } catch (error) {
      notice(sayError(error));
    }
  }
}

/** Where an entry of a type is written. @param {string} [type] @returns {string} */
export function writingAddress(type) {
  return type === "letter" ? "space/letters/write" : "space/journal/write";
}

/** The day, without a clock time. @param {string} at @returns {string} */
export function day(at) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "";
  return new Intl.DateTimeFormat(language(), { dateStyle: "long" }).format(date);
}
