/** One line of a list. Touched, it shows what can be done with it; nothing is ticked. */

import { attempt } from "../ui/attempt.js";
import { clone, fill, input, on, onSubmit, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say } from "../ui/sentences.js";
import { numberIn, wordsOn } from "./lists.js";

/** @typedef {import("../journals/thing.js").Item} Item */

export class Line {
  /** @param {string} list @param {Item} item @param {import("./sheet.js").Sheet} sheet */
  constructor(list, item, sheet) {
    this.list = list;
    this.item = item;
    this.root = clone("list-line");
    const { root } = this;
    on(root, "line", "click", () =>
      this.open(part(root, "line").getAttribute("aria-expanded") === "false"),
    );
    /** @type {import("../talk/answer-draft.js").AnswerDraft | null} */
    this.draft = null;
    on(root, "change", "click", () =>
      attempt(async () => {
        this.draft ??= await sheet.draftOf(this.item.id);
        this.edit(true);
      }),
    );
    on(root, "leave", "click", () => this.edit(false));
    on(root, "words", "input", () => this.draft?.change(input(root, "words").value));
    on(root, "take", "click", () =>
      attempt(async () => {
        await sheet.take(this.item);
        this.open(false);
        part(root, "back").focus();
      }),
    );
    on(root, "back", "click", () =>
      attempt(async () => {
        await sheet.bringBack(this.item);
        part(root, "line").focus();
      }),
    );
    show(root, "share", sheet.canShare);
    on(root, "share", "click", () => attempt(() => sheet.share(this.item)));
    onSubmit(root, "edit", () =>
      attempt(async () => {
        const text = input(root, "words").value.trim();
        if (!text) return input(root, "words").focus();
        if (text !== this.text) await sheet.change(this.item, text);
        if (input(root, "words").value.trim() !== text) return notice(say("saved-more"));
        this.edit(false); // until it has arrived it is kept like any draft
      }),
    );
  }

  get text() {
    return wordsOn(this.list, this.item);
  }

  /** @param {Item} item @param {boolean} taken away on this page, so that it can be brought back */
  update(item, taken) {
    this.item = item;
    const { root, text } = this;
    const number = this.list === "people" ? numberIn(text) : "";
    fill(root, { text });
    show(root, "standing", !taken);
    show(root, "taken", taken);
    show(root, "call", number !== "");
    if (number) /** @type {HTMLAnchorElement} */ (part(root, "call")).href = `tel:${number}`;
  }

  /** @param {boolean} open */
  open(open) {
    show(this.root, "actions", open);
    part(this.root, "line").setAttribute("aria-expanded", String(open));
  }

  /** Whether its words are being changed. */
  get editing() {
    return !part(this.root, "edit").hidden;
  }

  /** @param {boolean} editing */
  edit(editing) {
    this.open(false);
    show(this.root, "edit", editing);
    if (editing) input(this.root, "words").value = this.text;
    else void this.draft?.drop();
    part(this.root, editing ? "words" : "line").focus();
  }

  /**
   * Go on with a change that has not been saved.
   * @param {import("../talk/answer-draft.js").AnswerDraft} draft
   */
  goOn(draft) {
    this.draft = draft;
    if (this.editing) return; // whoever writes already is faster
    show(this.root, "edit", true);
    input(this.root, "words").value = draft.text;
  }
}
