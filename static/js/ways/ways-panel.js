/** "My way" on the Talk screen: the cards of both, or of one alone, and the link to change one. */

import { partnerName } from "../entries/partner-name.js";
import { EVENTS } from "../net/events.js";
import { clone, part, setVisible } from "../ui/dom.js";
import { t } from "../ui/i18n.js";
import { onAbort } from "../ui/lifetime.js";
import { wayCard } from "./way-card.js";
import { hasContent } from "./ways.js";

/**
 * @param {import("../services.js").Services} app
 * @param {AbortSignal} signal
 * @returns {{ root: HTMLElement, drawn: Promise<void> }} `drawn` never rejects
 */
export function mountWaysPanel(app, signal) {
  const { ways, rest, journals, live, pinLock } = app;
  const root = clone("ways-in-talk");
  const linked = journals.shared !== null;
  setVisible(root, "about-two", linked);
  setVisible(root, "about-one", !linked);
  let turn = 0;
  const render = async () => {
    if (!linked && pinLock.isLocked) return; // the card of one alone is in the individual journal
    const now = ++turn;
    const [theirs, mine] = await Promise.all([ways.theirs(), ways.mine()]);
    if (now !== turn || signal.aborted || rest.resting) return;
    const cards = [];
    if (hasContent(theirs))
      cards.push(wayCard(theirs, t("way-theirs", { name: partnerName(app) })));
    if (hasContent(mine)) cards.push(wayCard(mine, t(linked ? "way-yours" : "only-me")));
    part(root, "cards").replaceChildren(...cards);
    setVisible(root, "about", cards.length === 0);
  };
  const look = () => render().catch(() => {});
  onAbort(signal, live.listen(EVENTS.journalChanged, rest.unlessResting(look, signal)));
  return { root, drawn: look() };
}
