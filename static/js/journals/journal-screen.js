/**
 * The journal: private (folded), shared, or all, as one timeline; scrolling loads older entries.
 */

import { on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { errorMessage } from "../ui/i18n.js";
import { mountPinPrompt } from "../ui/pin-prompt.js";
import { EntryList } from "../entries/entry-list.js";
import { formerSpaceLinks } from "../linking/former-spaces-panel.js";
import { offerRecoverySheet } from "../accounts/recovery-offer-panel.js";
import { mountUnreadDoubts } from "./history-doubts-panel.js";
import { JournalIndex } from "./journal-index.js";
import { PendingList } from "./pending-list.js";
import { Timeline } from "./timeline.js";
import { mountResurfacing } from "../days/resurfacing-panel.js";
import { onAbort } from "../ui/lifetime.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "journal",
  auth: "member",
  title: "title",
  tab: "journal",
  async mount(root, app, _, signal) {
    const { journals } = app;
    const timeline = new Timeline(journals);
    const cards = new EntryList(app, part(root, "list"), signal);

    const index = new JournalIndex(part(root, "index"), (id) => cards.card(id), signal);

    const render = () => {
      const entries = timeline.list;
      cards.render(entries);
      index.render(entries);
      setVisible(
        root,
        "nothing",
        entries.length === 0 && timeline.complete && !journals.pinLock.isLocked,
      );
      setVisible(root, "more", !timeline.complete);
    };

    if (journals.pinLock.isLocked) mountPinPrompt(part(root, "only-me"), journals.pinLock);
    const drawDoubts = mountUnreadDoubts(
      part(root, "history-doubts"),
      app,
      () => timeline.sources,
      signal,
    );
    const choose = (/** @type {import("./timeline.js").View} */ view) => {
      timeline.view = view;
      setVisible(root, "only-me", view !== "ours");
      for (const button of part(root, "views").querySelectorAll("button")) {
        button.setAttribute("aria-pressed", String(button.dataset.view === view));
      }
      render();
      drawDoubts();
      return more();
    };
    const more = async () => {
      try {
        await timeline.showMore();
      } catch (error) {
        render();
        return showToast(errorMessage(error));
      }
      render();
      // observe again, so that it checks whether the end is still in sight
      watcher.unobserve(part(root, "more"));
      watcher.observe(part(root, "more"));
    };
    for (const button of part(root, "views").querySelectorAll("button")) {
      button.addEventListener(
        "click",
        () => void choose(/** @type {import("./timeline.js").View} */ (button.dataset.view)),
      );
    }
    setVisible(root, "views", journals.shared !== null);
    const watcher = new IntersectionObserver((seen) => {
      if (seen.some((one) => one.isIntersecting)) void more();
    });
    on(root, "more", "click", () => void more());

    const besides = new PendingList(root, app);
    const unsent = () => void besides.render();
    const changed = () => {
      render();
      unsent();
    };
    onAbort(signal, timeline.onChange(changed));
    onAbort(signal, () => watcher.disconnect());
    journals.outbox.addEventListener("changed", unsent, { signal });
    journals.drafts.addEventListener("deleted", unsent, { signal });
    journals.deviceStore.addEventListener("changed", unsent, { signal });
    await besides.render();
    part(root, "before").replaceChildren(...formerSpaceLinks(app));
    // The offer depends on the entries, so they are loaded first.
    void choose("all").then(() => offerRecoverySheet(root, app));
    mountResurfacing(part(root, "comes-back"), app, signal);
  },
};
