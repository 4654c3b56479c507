/** Rows above the timeline: drafts, entries that are not sent yet, and the trash. */

import { clone, fill, part, setVisible } from "../ui/dom.js";
import { errorMessage, locale, t } from "../ui/i18n.js";
import { NotConnectedError } from "../net/api.js";
import { today } from "../calendar-date.js";
import { opensAfter } from "../replica/time-lock.js";
import { editorPath } from "../entries/entry-card.js";
import { trashRows } from "../entries/trash-rows.js";

export class PendingList {
  #root;
  #app;
  #renderCount = 0;

  /**
   * @param {HTMLElement} root
   * @param {import("../services.js").Services} app
   */
  constructor(root, app) {
    this.#root = root;
    this.#app = app;
  }

  async render() {
    const turn = ++this.#renderCount;
    const lines = [...(await this.#drafts()), ...(await this.#trashRows())];
    if (turn === this.#renderCount) part(this.#root, "unsent").replaceChildren(...lines);
  }

  /** @param {{ shared: boolean }} one */
  #visible({ shared }) {
    return shared || !this.#app.journals.pinLock.isLocked;
  }

  async #drafts() {
    const { drafts, outbox } = this.#app.journals;
    const waiting = new Set((await outbox.pending()).map((parcel) => parcel.id));
    return (await drafts.list())
      .filter((draft) => this.#visible(draft))
      .map((draft) => {
        const line = clone("draft-line");
        line.classList.toggle("ours", draft.shared);
        line.classList.toggle("mine", !draft.shared);
        const closed = draft.type === "letter" && opensAfter(draft.more?.opens, today());
        part(line, "text").textContent = closed
          ? t("letter-closing")
          : draft.text.slice(0, 80) || "…";
        const waits = waiting.has(draft.id);
        const state = outbox.states.of(draft.id);
        const refused = state?.name === "refused" || state?.name === "conflict";
        const onDisk = waits ? outbox.isOnDisk(draft.id) : drafts.isOnDisk(draft.id);
        setVisible(line, "waiting", waits && onDisk);
        setVisible(line, "draft", !waits && !refused && onDisk);
        const why = waits && state?.error && !(state.error instanceof NotConnectedError);
        fill(line, { why: why ? errorMessage(state.error) : "" });
        setVisible(line, "why", Boolean(why));
        setVisible(line, "refused", state?.name === "refused" && onDisk);
        setVisible(line, "changed-elsewhere", state?.name === "conflict");
        setVisible(line, "held", !onDisk);
        const link = /** @type {HTMLAnchorElement} */ (part(line, "open"));
        link.href = `/${locale()}/${editorPath(draft.type)}/${draft.id}`;
        if (closed && waits) link.removeAttribute("href"); // it was time-locked when it was saved
        return line;
      });
  }

  #trashRows() {
    // keepsakes have a screen of their own
    return trashRows(this.#app, ({ doc }) => doc.type !== "keepsake");
  }
}
