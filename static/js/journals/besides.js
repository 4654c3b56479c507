/** Beside the timeline: drafts that were left, what is on its way, what can be brought back. */

import { clone, on, oneAtATime, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { language, say, sayError } from "../ui/sentences.js";
import { today } from "../days/dates.js";
import { opensAfter } from "../letters/closed.js";
import { writingAddress } from "./card.js";

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
    return (await drafts.list())
      .filter((draft) => this.visible(draft))
      .map((draft) => {
        const line = clone("draft-line");
        line.classList.toggle("ours", draft.shared);
        line.classList.toggle("mine", !draft.shared);
        const closed = draft.type === "letter" && opensAfter(draft.more?.opens, today());
        part(line, "text").textContent = closed
          ? say("letter-closing")
          : draft.text.slice(0, 80) || "…";
        const waits = waiting.has(draft.id);
        const onDisk = waits ? outbox.isOnDisk(draft.id) : drafts.isOnDisk(draft.id);
        show(line, "waiting", waits && onDisk);
        show(line, "draft", !waits && onDisk);
        show(line, "held", !onDisk);
        const link = /** @type {HTMLAnchorElement} */ (part(line, "open"));
        link.href = `/${language()}/${writingAddress(draft.type)}/${draft.id}`;
        if (closed && waits) link.removeAttribute("href"); // it was closed when it was saved
        return line;
      });
  }

  removed() {
    // those have their own place
    return removedLines(this.app, ({ doc }) => doc.type !== "keepsake");
  }
}

/**
 * A line for each thing that can be brought back.
 * @param {import("../app.js").App} app
 * @param {(gone: import("./removed.js").Gone) => boolean} which
 */
export async function removedLines({ journals: { removed, onlyMe } }, which) {
  const all = await removed.list();
  return all
    .filter((gone) => which(gone) && (gone.shared || !onlyMe.closed))
    .map((gone) => {
      const line = clone("removed-line");
      const bringBack = oneAtATime(async () => {
        try {
          await removed.bringBack(gone);
          line.remove();
        } catch (error) {
          notice(sayError(error));
        }
      });
      on(line, "back", "click", bringBack);
      return line;
    });
}
