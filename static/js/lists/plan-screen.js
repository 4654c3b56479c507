/**
 * "A plan for a dark night": four lists that are made on a good day, under the emergency number of
 * the person's country and, where the partner has said that it is dark, what one can do. The lists
 * follow the steps of Stanley and Brown's safety plan (docs/support.md).
 */

import { PLAN_LISTS } from "../content/lists.js";
import { saysItIsDark } from "../content/signals.js";
import { partnerName } from "../entries/partner-name.js";
import { EVENTS } from "../net/events.js";
import { ownLines } from "../support/own-lines-panel.js";
import { clone, fill, on, part, setVisible } from "../ui/dom.js";
import { errorMessage, t } from "../ui/i18n.js";
import { onAbort } from "../ui/lifetime.js";
import { mountPinPrompt } from "../ui/pin-prompt.js";
import { showToast } from "../ui/toast.js";
import { ListView } from "./list-view.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "plan",
  auth: "member",
  title: "title",
  tab: "talk",
  async mount(root, app, [which], signal) {
    const { journals, live, offlineCopy, pinLock, rest, signals } = app;
    const linked = journals.shared !== null;
    const mine = which === "mine" || !linked;
    const name = partnerName(app);
    const { danger, crisis } = ownLines();
    part(root, "danger").append(danger);
    if (crisis) part(root, "crisis").append(crisis);
    setVisible(root, "views", linked);
    part(root, mine ? "view-mine" : "view-ours").setAttribute("aria-current", "page");
    fill(root, { "dark-head": t("plan-dark", { name }) });
    const hear = () => setVisible(root, "dark", saysItIsDark(signals.theirs));
    signals.addEventListener("changed", hear, { signal });
    hear();
    if (mine && pinLock.isLocked) return mountPinPrompt(part(root, "place"), pinLock);
    const alone = linked ? "read-by-me" : "read-by-me-alone";
    fill(root, { reader: t(mine ? alone : "list-read-by-both", { name }) });
    await offlineCopy.restored; // without a connection the lists are read from this device
    const views = PLAN_LISTS.map((list) => {
      const section = clone("plan-part");
      const view = new ListView(app, list, !mine, signal);
      fill(section, { title: t(`list-${list}`), about: t(`list-${list}-about`) });
      part(section, "sheet").replaceChildren(view.root);
      part(root, "place").append(section);
      return view;
    });
    const reload = () => views.forEach((view) => void view.load().catch(() => {}));
    onAbort(signal, live.listen(EVENTS.journalChanged, rest.unlessResting(reload, signal)));
    live.addEventListener("resync", reload, { signal });
    // Who opens the plan at night reads it; the fields are for a good day.
    const read = () => {
      const written = views.some((view) => view.rows.size > 0);
      const begun = views.some((view) => view.text.value !== "");
      root.classList.toggle("reading", written && !begun);
      setVisible(root, "add-more", written && !begun);
    };
    on(root, "add-more", "click", () => {
      root.classList.remove("reading");
      setVisible(root, "add-more", false);
      views[0]?.text.focus();
    });
    await Promise.all(views.map((view) => view.start())).catch((error) =>
      showToast(errorMessage(error)),
    );
    read();
  },
};
