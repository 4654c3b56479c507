/** The journal: mine (folded), ours, or all, as one timeline; older entries as one scrolls. */

import { on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { sayError } from "../ui/sentences.js";
import { showClosed } from "../safety/open-only-me.js";
import { Cards } from "./cards.js";
import { archiveLinks } from "../linking/archive-links.js";
import { offerSheet } from "./sheet-offer.js";
import { Besides } from "./besides.js";
import { Timeline } from "./timeline.js";
import { bringBack } from "../days/bring-back.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "journal",
  needs: "member",
  title: "title",
  tab: "journal",
  async show(root, app) {
    const { journals } = app;
    const timeline = new Timeline(journals);
    const cards = new Cards(app, part(root, "list"));

    const draw = () => {
      const entries = timeline.list;
      cards.draw(entries);
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
      return more();
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
      button.addEventListener(
        "click",
        () => void choose(/** @type {import("./timeline.js").View} */ (button.dataset.view)),
      );
    }
    show(root, "views", journals.shared !== null);
    const watcher = new IntersectionObserver((seen) => {
      if (seen.some((one) => one.isIntersecting)) void more();
    });
    on(root, "more", "click", () => void more());

    const besides = new Besides(root, app);
    const unsent = () => void besides.draw();
    const stops = timeline.watch(() => {
      draw();
      unsent();
    });
    journals.outbox.addEventListener("changed", unsent);
    journals.vault.addEventListener("changed", unsent);
    await besides.draw();
    part(root, "before").replaceChildren(...archiveLinks(app));
    void choose("all").then(() => offerSheet(root, app)); // once it is known what was written
    const stopBack = bringBack(part(root, "comes-back"), app);
    return () => {
      stopBack();
      stops();
      journals.outbox.removeEventListener("changed", unsent);
      journals.vault.removeEventListener("changed", unsent);
      watcher.disconnect();
    };
  },
};
