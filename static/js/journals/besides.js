/** Beside the timeline: drafts that were left, what is on its way, what can be brought back. */

import { clone, on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { sayError } from "../ui/sentences.js";

export class Besides {
  /** @param {HTMLElement} root @param {import("../app.js").App} app */
  constructor(root, app) {
    this.root = root;
    this.app = app;
    this.turn = 0;
  }

  async draw() {
    const turn = ++this.turn;
    const lines = [...(await this.drafts()), ...(await this.removed())];
    if (turn === this.turn) part(this.root, "unsent").replaceChildren(...lines);
  }

  /** @param {{ shared: boolean }} one */
  visible({ shared }) {
    return shared || !this.app.journals.onlyMe.closed;
  }

  async drafts() {
    const { drafts, outbox } = this.app.journals;
    const waiting = new Set((await outbox.waiting()).map((parcel) => parcel.id));
    return (await drafts.list()).filter((draft) => this.visible(draft)).map((draft) => {
      const line = clone("draft-line");
      line.classList.toggle("ours", draft.shared);
      line.classList.toggle("mine", !draft.shared);
      part(line, "text").textContent = draft.text.slice(0, 80) || "…";
      show(line, "waiting", waiting.has(draft.id));
      show(line, "draft", !waiting.has(draft.id));
      const link = /** @type {HTMLAnchorElement} */ (part(line, "open"));
      link.href = `${link.href}/${draft.id}`;
      return line;
    });
  }

  removed() {
    return removedLines(this.app, ({ doc }) => doc.type !== "keepsake"); // those have their own place
  }
}

/**
 * A line for each thing that can be brought back.
 * @param {import("../app.js").App} app
 * @param {(gone: import("./removed.js").Gone) => boolean} which
 */
export async function removedLines({ journals: { removed, onlyMe } }, which) {
  const all = await removed.list();
  return all.filter((gone) => which(gone) && (gone.shared || !onlyMe.closed)).map((gone) => {
    const line = clone("removed-line");
    on(line, "back", "click", async () => {
      try {
        await removed.bringBack(gone);
        line.remove();
      } catch (error) {
        notice(sayError(error));
      }
    });
    return line;
  });
}
