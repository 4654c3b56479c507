/** The rows of one list, private or shared; the field for new ones; and the presets. */

import { toBase64Url } from "../crypto/bytes.js";
import { namedId } from "../crypto/named.js";
import { mergeRecords, LwwMap } from "../replica/lww-map.js";
import { partnerName } from "../entries/partner-name.js";
import { TextDraft, bindDraft, clearSent } from "../entries/text-draft.js";
import { withErrorNotice } from "../ui/error-notice.js";
import { clone, fill, on, onSubmit, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t } from "../ui/i18n.js";
import { ListRow } from "./list-row.js";
import { listPresets } from "../content/lists.js";

/** @typedef {import("../replica/lww-map.js").Item} Item */

export class ListView {
  #app;
  #list;
  #shared;
  #signal;
  #journal;
  /**
   * Items that were removed on this page.
   * @type {Map<string, Item>}
   */
  #removed = new Map();
  /** @type {Promise<unknown>} */
  #lastWrite = Promise.resolve();
  /** @type {LwwMap | undefined} set by start() */
  #map;
  /** @type {TextDraft | undefined} */
  #draft;

  /**
   * @param {import("../services.js").Services} app
   * @param {string} list
   * @param {boolean} shared
   * @param {AbortSignal} signal
   */
  constructor(app, list, shared, signal) {
    const { journals } = app;
    this.#app = app;
    this.#list = list;
    this.#shared = shared;
    this.#signal = signal;
    this.#journal = (shared ? journals.shared : null) ?? journals.individual;
    this.root = clone("list-sheet");
    this.text = /** @type {HTMLTextAreaElement} */ (part(this.root, "text"));
    /** @type {Map<string, ListRow>} */
    this.rows = new Map();
    const mine = journals.shared ? "read-by-me" : "read-by-me-alone";
    const reader = t(shared ? "list-read-by-both" : mine, { name: partnerName(app) });
    fill(this.root, { reader });
    // several lists can be on one page, and each label belongs to its own field
    this.text.id = `li-${list}`;
    /** @type {HTMLLabelElement} */ (part(this.root, "label")).htmlFor = this.text.id;
    this.root.classList.add(shared ? "ours" : "mine");
    setVisible(this.root, "ours", shared);
    setVisible(this.root, "mine", !shared);
    onSubmit(this.root, "form", () => withErrorNotice(() => this.#add()));
    on(this.root, "print", "click", () => window.print());
    this.text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.text.form?.requestSubmit();
    });
  }

  /** Show the cached state, then load the current one. */
  async start() {
    this.#map = await LwwMap.locate(this.#journal, "list", this.#list);
    this.#render();
    this.#draft = await this.draftFor();
    await bindDraft(this.text, this.#draft, this.#signal);
    await this.load();
    await this.#resumeDrafts(this.#map);
  }

  /**
   * Return the draft of a row, saved on this device: a new row, or an edit of an existing one.
   * @param {string} [line]
   */
  async draftFor(line) {
    const { journals } = this.#app;
    const { names, members } = journals.individual;
    const name = ["list", this.#list, this.#shared ? "ours" : "mine", line]
      .filter(Boolean)
      .join("/");
    const id = await namedId(names, /** @type {Uint8Array} */ (members[0]), name);
    return new TextDraft(journals, toBase64Url(id), this.#shared);
  }

  /**
   * Resume the edits that were not saved.
   * @param {LwwMap} map
   */
  async #resumeDrafts(map) {
    for (const id of mergeRecords(map.records).keys()) {
      const draft = await this.draftFor(id);
      if (!(await draft.load())) continue;
      const line = this.rows.get(id);
      if (line) {
        line.resume(draft);
        continue;
      }
      await this.#moveToNew(draft);
    }
  }

  /**
   * Turn the draft of a row that was removed meanwhile into the draft of a new one.
   * @param {TextDraft} draft
   */
  async #moveToNew(draft) {
    this.text.value = [this.text.value, draft.text].filter(Boolean).join("\n");
    this.#draft?.change(this.text.value);
    await this.#draft?.saveTask.idle();
    if (this.#draft?.isSaved) await draft.clear();
  }

  async load() {
    await this.#map?.refresh();
    this.#render();
  }

  #render() {
    if (this.#signal.aborted) return; // a locked journal has no items, which were not removed
    const standing = this.#map?.items ?? [];
    const stands = new Set(standing.map(({ id }) => id));
    const taken = [...this.#removed.values()].filter(({ id }) => !stands.has(id));
    const items = [...standing, ...taken].sort((a, b) => Date.parse(a.since) - Date.parse(b.since));
    const container = part(this.root, "lines");
    items.forEach((item, at) => {
      const line = this.rows.get(item.id) ?? new ListRow(this.#list, item, this);
      this.rows.set(item.id, line);
      line.update(item, !stands.has(item.id));
      if (container.children[at] !== line.root)
        container.insertBefore(line.root, container.children[at] ?? null);
    });
    for (const [id, line] of this.rows) {
      if (items.some((item) => item.id === id)) continue;
      line.root.remove();
      this.rows.delete(id);
      if (line.editing && line.draft) void this.#moveToNew(line.draft);
    }
    setVisible(this.root, "print", standing.length > 0);
    this.#renderPresets(standing);
  }

  /**
   * Render the presets that are not on the list yet.
   * @param {Item[]} standing
   */
  #renderPresets(standing) {
    const left = listPresets(this.#list).filter(
      ({ id }) => !standing.some((item) => item.offered === id),
    );
    const container = part(this.root, "offers");
    setVisible(this.root, "offers-box", left.length > 0);
    const same = [...container.children]
      .map((element) => /** @type {HTMLElement} */ (element).dataset.id)
      .join();
    if (same === left.map(({ id }) => id).join()) return; // so that nothing moves under a thumb
    container.replaceChildren(
      ...left.map(({ id, text }) => {
        const chip = clone("list-offer");
        chip.dataset.id = id;
        fill(chip, { offer: text });
        on(chip, "offer", "click", () => withErrorNotice(() => this.#save({ text, offered: id })));
        return chip;
      }),
    );
  }

  /**
   * Serialize writes, so that no tap overtakes another.
   * @param {(thing: LwwMap) => Promise<unknown>} change
   */
  async #write(change) {
    const done = this.#lastWrite.then(() => this.#map && change(this.#map));
    this.#lastWrite = done.catch(() => {});
    await done;
    this.#render();
  }

  /**
   * @param {Record<string, any>} fields
   * @param {string} [id]
   */
  #save(fields, id) {
    return this.#write((map) => map.set(fields, id));
  }

  async #add() {
    const sent = this.text.value;
    if (!sent.trim()) return this.text.focus();
    await this.#save({ text: sent.trim() });
    await clearSent(this.text, this.#draft, sent);
    this.text.focus();
  }

  /**
   * @param {Item} item
   * @param {string} text
   */
  change({ id }, text) {
    return this.#save({ text }, id);
  }

  /** @param {Item} item */
  async remove(item) {
    this.#removed.set(item.id, item);
    try {
      await this.#write((map) => map.remove(item.id));
    } catch (error) {
      this.#removed.delete(item.id);
      throw error;
    }
  }

  /** @param {Item} item */
  restore(item) {
    return this.#save(contentOf(item), item.id);
  }

  /** Whether an item can be copied to the shared list. */
  get canShare() {
    return !this.#shared && this.#app.journals.shared !== null;
  }

  /**
   * Copy an item to the shared list, where it does not reveal its origin.
   * @param {Item} item
   */
  async share(item) {
    const { shared } = this.#app.journals;
    if (!shared) return;
    await (await LwwMap.fetch(shared, "list", this.#list)).set(contentOf(item));
    showToast(t("list-shared"));
  }
}

/** @param {Item} item */
function contentOf({ text, offered }) {
  return { text, ...(offered && { offered }) };
}
