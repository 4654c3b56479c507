/** The journal: mine (folded), ours, or all, as one timeline; older entries as one scrolls. */

import { clone, on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { sayError } from "../ui/sentences.js";
import { showClosed } from "../safety/open-only-me.js";
import { EntryCard } from "./card.js";
import { offerSheet } from "./sheet-offer.js";
import { Timeline } from "./timeline.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "journal",
  needs: "member",
  title: "title",
  tab: "journal",
  async show(root, app) {
    const { journals } = app;
    const timeline = new Timeline(journals);
    /** @type {Map<string, EntryCard>} */
    const cards = new Map();

    const draw = () => {
      const entries = timeline.list;
      const kept = new Set(entries.map((entry) => entry.id));
      for (const [id, card] of cards) {
        if (kept.has(id)) continue;
        card.root.remove();
        cards.delete(id);
      }
      const list = part(root, "list");
      entries.forEach((entry, at) => {
        let card = cards.get(entry.id);
        if (!card) {
          card = new EntryCard(app, entry);
          cards.set(entry.id, card);
        }
        card.update(entry);
        if (list.children[at] !== card.root) list.insertBefore(card.root, list.children[at] ?? null);
      });
      show(root, "nothing", entries.length === 0 && timeline.complete && !journals.onlyMe.closed);
      show(root, "more", !timeline.complete);
    };

    if (journals.onlyMe.closed) showClosed(part(root, "only-me"), journals.onlyMe);
    const choose = (/** @type {import("./timeline.js").View} */ view) => {
      timeline.view = view;
      show(root, "only-me", view !== "ours");
      for (const button of part(root, "views").querySelectorAll("button")) {
        button.setAttribute("aria-pressed", String(button.dataset.view === view));
      }
      draw();
      void more();
    };
    const more = async () => {
      try {
        await timeline.more();
      } catch (error) {
        draw();
        return notice(sayError(error));
      }
      draw();
      watcher.unobserve(part(root, "more")); // so that it looks again whether more is in sight
      watcher.observe(part(root, "more"));
    };
    for (const button of part(root, "views").querySelectorAll("button")) {
      button.addEventListener("click", () =>
        choose(/** @type {import("./timeline.js").View} */ (button.dataset.view)),
      );
    }
    show(root, "views", journals.shared !== null);
    const watcher = new IntersectionObserver((seen) => {
      if (seen.some((one) => one.isIntersecting)) void more();
    });
    on(root, "more", "click", () => void more());

    const stops = timeline.watch(draw);
    const unsent = () => void showUnsent(root, app);
    journals.outbox.addEventListener("changed", unsent);
    await showUnsent(root, app);
    choose("all");
    await offerSheet(root, app);
    return () => {
      stops();
      journals.outbox.removeEventListener("changed", unsent);
      watcher.disconnect();
    };
  },
};

/** Drafts that were left, and what can be brought back. @param {HTMLElement} root @param {import("../app.js").App} app */
async function showUnsent(root, app) {
  const { drafts, outbox, removed, individual, onlyMe } = app.journals;
  const waiting = new Set((await outbox.waiting()).map((parcel) => parcel.id));
  const lines = [];
  const visible = (/** @type {{ shared: boolean }} */ one) => one.shared || !onlyMe.closed;
  for (const draft of (await drafts.list()).filter(visible)) {
    const line = clone("draft-line");
    part(line, "text").textContent = draft.text.slice(0, 80) || "…";
    show(line, "waiting", waiting.has(draft.id));
    show(line, "draft", !waiting.has(draft.id));
    const link = /** @type {HTMLAnchorElement} */ (part(line, "open"));
    link.href = `${link.href}/${draft.id}`;
    lines.push(line);
  }
  for (const gone of (await removed.list()).filter(visible)) {
    const line = clone("removed-line");
    on(line, "back", "click", async () => {
      const journal = gone.shared ? (app.journals.shared ?? individual) : individual;
      try {
        await journal.write(gone.doc);
        await removed.drop(gone.id);
        line.remove();
      } catch (error) {
        notice(sayError(error));
      }
    });
    lines.push(line);
  }
  part(root, "unsent").replaceChildren(...lines);
}
