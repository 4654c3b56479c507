/** One row of a list. A tap shows its actions; there is nothing to tick off. */

import { withErrorNotice } from "../ui/error-notice.js";
import { clone, fill, input, on, onSubmit, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t } from "../ui/i18n.js";
import { PLAN_LISTS, itemText, numberToCall } from "../content/lists.js";

/** @typedef {import("../replica/lww-map.js").Item} Item */

export class ListRow {
  #list;
  #item;

  /**
   * @param {string} list
   * @param {Item} item
   * @param {import("./list-view.js").ListView} sheet
   */
  constructor(list, item, sheet) {
    this.#list = list;
    this.#item = item;
    this.root = clone("list-line");
    const { root } = this;
    on(root, "line", "click", () =>
      this.#setExpanded(part(root, "line").getAttribute("aria-expanded") === "false"),
    );
    /** @type {import("../entries/text-draft.js").TextDraft | null} */
    this.draft = null;
    on(root, "change", "click", () =>
      withErrorNotice(async () => {
        this.draft ??= await sheet.draftFor(this.#item.id);
        this.#setEditing(true);
      }),
    );
    on(root, "leave", "click", () => this.#setEditing(false));
    on(root, "words", "input", () => this.draft?.change(input(root, "words").value));
    on(root, "take", "click", () =>
      withErrorNotice(async () => {
        await sheet.remove(this.#item);
        this.#setExpanded(false);
        part(root, "back").focus();
      }),
    );
    on(root, "back", "click", () =>
      withErrorNotice(async () => {
        await sheet.restore(this.#item);
        part(root, "line").focus();
      }),
    );
    setVisible(root, "share", sheet.canShare);
    on(root, "share", "click", () => withErrorNotice(() => sheet.share(this.#item)));
    onSubmit(root, "edit", () =>
      withErrorNotice(async () => {
        const text = input(root, "words").value.trim();
        if (!text) return input(root, "words").focus();
        if (text !== this.#text) await sheet.change(this.#item, text);
        if (input(root, "words").value.trim() !== text) return showToast(t("saved-more"));
        this.#setEditing(false); // until the change has arrived it is saved like any draft
      }),
    );
  }

  get #text() {
    return itemText(this.#list, this.#item);
  }

  /**
   * @param {Item} item
   * @param {boolean} taken removed on this page, so that it can be restored
   */
  update(item, taken) {
    this.#item = item;
    const { root } = this;
    const text = this.#text;
    const number = numberToCall(this.#list, item);
    const direct = PLAN_LISTS.includes(this.#list); // at night one tap has to be enough
    fill(root, { text });
    setVisible(root, "standing", !taken);
    setVisible(root, "taken", taken);
    setVisible(root, "call", number !== "" && !direct);
    setVisible(root, "dial-box", number !== "" && direct);
    for (const name of number ? ["call", "dial"] : []) {
      /** @type {HTMLAnchorElement} */ (part(root, name)).href = `tel:${number}`;
    }
    if (number) fill(root, { dial: t("list-dial", { number }) });
  }

  /** @param {boolean} open */
  #setExpanded(open) {
    setVisible(this.root, "actions", open);
    part(this.root, "line").setAttribute("aria-expanded", String(open));
  }

  /** Whether the row is being edited. */
  get editing() {
    return !part(this.root, "edit").hidden;
  }

  /** @param {boolean} editing */
  #setEditing(editing) {
    this.#setExpanded(false);
    setVisible(this.root, "edit", editing);
    if (editing) input(this.root, "words").value = this.#text;
    else void this.draft?.clear();
    part(this.root, editing ? "words" : "line").focus();
  }

  /**
   * Resume an edit that has not been saved.
   * @param {import("../entries/text-draft.js").TextDraft} draft
   */
  resume(draft) {
    this.draft = draft;
    if (this.editing) return; // typing that has already begun is not overwritten
    setVisible(this.root, "edit", true);
    input(this.root, "words").value = draft.text;
  }
}
