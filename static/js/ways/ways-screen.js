/** "My way": a card for each member, of which each can edit their own. */

import { partnerName } from "../entries/partner-name.js";
import { EVENTS } from "../net/events.js";
import { fill, part, setVisible } from "../ui/dom.js";
import { mountPinPrompt } from "../ui/pin-prompt.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";
import { wayCard } from "./way-card.js";
import { hasContent } from "./ways.js";
import { onAbort } from "../ui/lifetime.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "ways",
  auth: "member",
  title: "title",
  tab: "talk",
  async mount(root, app, _, signal) {
    const { ways, rest, live, pinLock } = app;
    const linked = app.journals.shared !== null;
    if (!linked && pinLock.isLocked) {
      setVisible(root, "write", false);
      return mountPinPrompt(part(root, "cards"), pinLock);
    }
    const render = async () => {
      const [mine, theirs] = await Promise.all([ways.mine(), rest.resting ? null : ways.theirs()]);
      const cards = [];
      if (hasContent(theirs))
        cards.push(wayCard(theirs, t("way-theirs", { name: partnerName(app) })));
      if (hasContent(mine)) cards.push(wayCard(mine, t(linked ? "way-yours" : "only-me")));
      part(root, "cards").replaceChildren(...cards);
      fill(root, { write: t(hasContent(mine) ? "way-change" : "way-write") });
    };
    fill(root, { about: t(linked ? "way-about-two" : "way-about-one"), write: t("way-write") });
    onAbort(
      signal,
      live.listen(EVENTS.journalChanged, () => void render().catch(() => {})),
    );
    await render().catch((error) => showToast(errorMessage(error)));
  },
};
