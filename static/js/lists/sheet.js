/** The lines of one list, for one reader or two; the field for more; and what is on offer. */

import { b64 } from "../crypto/bytes.js";
import { namedId } from "../crypto/named.js";
import { merge, Thing } from "../journals/thing.js";
import { partnerName } from "../linking/partner.js";
import { AnswerDraft, keepsDraft, takeSent } from "../talk/answer-draft.js";
import { attempt } from "../ui/attempt.js";
import { clone, fill, on, onSubmit, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say } from "../ui/sentences.js";
import { Line } from "./line.js";
import { offers } from "./lists.js";

/** @typedef {import("../journals/thing.js").Item} Item */

export class Sheet {
  /** @param {import("../app.js").App} app @param {string} list @param {boolean} shared */
  constructor(app, list, shared) {
    const { journals } = app;
    this.app = app;
    this.list = list;
    this.shared = shared;
    this.journal = (shared ? journals.shared : null) ?? journals.individual;
    this.root = clone("list-sheet");
    this.text = /** @type {HTMLTextAreaElement} */ (part(this.root, "text"));
    /** @type {Map<string, Line>} */
    this.lines = new Map();
    /** What was taken away on this page. @type {Map<string, Item>} */
    this.taken = new Map();
    /** @type {Promise<unknown>} */
    this.last = Promise.resolve();
    const mine = journals.shared ? "read-by-me" : "read-by-me-alone";
    const reader = say(shared ? "list-read-by-both" : mine, { name: partnerName(app) });
    fill(this.root, { reader });
    this.root.classList.add(shared ? "ours" : "mine");
    show(this.root, "ours", shared);
    show(this.root, "mine", !shared);
    onSubmit(this.root, "form", () => attempt(() => this.add()));
    on(this.root, "print", "click", () => window.print());
    this.text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.text.form?.requestSubmit();
    });
  }

  /** Show what is known, then ask how it stands. */
  async begin() {
    this.thing = await Thing.named(this.journal, "list", this.list);
    this.draw();
    this.draft = await this.draftOf();
    await keepsDraft(this.text, this.draft);
    await this.load();
    await this.goOn(this.thing);
  }

  /**
   * What is being written here, kept on this device: a new line, or another one's change.
   * @param {string} [line]
   */
  async draftOf(line) {
    const { journals } = this.app;
    const { names, members } = journals.individual;
    const name = ["list", this.list, this.shared ? "ours" : "mine", line].filter(Boolean).join("/");
    const id = await namedId(names, /** @type {Uint8Array} */ (members[0]), name);
    return new AnswerDraft(journals, b64(id), this.shared);
  }

  /** Changes that were not saved are gone on with. @param {Thing} thing */
  async goOn(thing) {
    for (const id of merge(thing.parts).keys()) {
      const draft = await this.draftOf(id);
      if (!(await draft.read())) continue;
      const line = this.lines.get(id);
      if (line) {
        line.goOn(draft);
        continue;
      }
      await this.moveToNew(draft);
    }
  }

  /**
   * The line that was being changed is gone: its words go on as a new one's.
   * @param {AnswerDraft} draft
   */
  async moveToNew(draft) {
    this.text.value = [this.text.value, draft.text].filter(Boolean).join("\n");
    this.draft?.change(this.text.value);
    await this.draft?.keeping.settled();
    await draft.drop();
  }

  async load() {
    await this.thing?.load();
    this.draw();
  }

  draw() {
    const standing = this.thing?.items ?? [];
    const stands = new Set(standing.map(({ id }) => id));
    const taken = [...this.taken.values()].filter(({ id }) => !stands.has(id));
    const items = [...standing, ...taken].sort(
      (one, other) => Date.parse(one.since) - Date.parse(other.since),
    );
    const place = part(this.root, "lines");
    items.forEach((item, at) => {
      const line = this.lines.get(item.id) ?? new Line(this.list, item, this);
      this.lines.set(item.id, line);
      line.update(item, !stands.has(item.id));
      if (place.children[at] !== line.root)
        place.insertBefore(line.root, place.children[at] ?? null);
    });
    for (const [id, line] of this.lines) {
      if (items.some((item) => item.id === id)) continue;
      line.root.remove();
      this.lines.delete(id);
      if (line.editing && line.draft) void this.moveToNew(line.draft);
    }
    show(this.root, "print", standing.length > 0);
    this.offer(standing);
  }

  /** What can still be taken from what is on offer. @param {Item[]} standing */
  offer(standing) {
    const left = offers(this.list).filter(
      ({ id }) => !standing.some((item) => item.offered === id),
    );
    const place = part(this.root, "offers");
    show(this.root, "offers-box", left.length > 0);
    const same = [...place.children]
      .map((one) => /** @type {HTMLElement} */ (one).dataset.id)
      .join();
    if (same === left.map(({ id }) => id).join()) return; // nothing moves under a thumb
    place.replaceChildren(
      ...left.map(({ id, text }) => {
        const chip = clone("list-offer");
        chip.dataset.id = id;
        fill(chip, { offer: text });
        on(chip, "offer", "click", () => attempt(() => this.put({ text, offered: id })));
        return chip;
      }),
    );
  }

  /**
   * One write after the other, so that no tap overtakes another.
   * @param {(thing: Thing) => Promise<unknown>} how
   */
  async write(how) {
    const done = this.last.then(() => this.thing && how(this.thing));
    this.last = done.catch(() => {});
    await done;
    this.draw();
  }

  /** @param {Record<string, any>} said @param {string} [id] */
  put(said, id) {
    return this.write((thing) => thing.put(said, id));
  }

  async add() {
    const sent = this.text.value;
    if (!sent.trim()) return this.text.focus();
    await this.put({ text: sent.trim() });
    await takeSent(this.text, this.draft, sent);
    this.text.focus();
  }

  /** @param {Item} item @param {string} text */
  change({ id }, text) {
    return this.put({ text }, id);
  }

  /** @param {Item} item */
  async take(item) {
    this.taken.set(item.id, item);
    try {
      await this.write((thing) => thing.strike(item.id));
    } catch (error) {
      this.taken.delete(item.id);
      throw error;
    }
  }

  /** @param {Item} item */
  bringBack(item) {
    return this.put(saidOf(item), item.id);
  }

  /** Whether a line can be shown to the other. */
  get canShare() {
    return !this.shared && this.app.journals.shared !== null;
  }

  /** A copy in the shared list; nothing of it says where it came from. @param {Item} item */
  async share(item) {
    const { shared } = this.app.journals;
    if (!shared) return;
    await (await Thing.of(shared, "list", this.list)).put(saidOf(item));
    notice(say("list-shared"));
  }
}

/** @param {Item} item */
function saidOf({ text, offered }) {
  return { text, ...(offered && { offered }) };
}
