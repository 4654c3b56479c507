/** "My way", a card each: both to read, one's own to change. */

import { partnerName } from "../linking/partner.js";
import { EVENTS } from "../net/events.js";
import { fill, part } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say, sayError } from "../ui/sentences.js";
import { wayCard } from "./card.js";
import { says } from "./ways.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "ways",
  needs: "member",
  title: "title",
  tab: "talk",
  async show(root, app) {
    const { ways, rest, live } = app;
    const two = app.journals.shared !== null;
    const draw = async () => {
      const [mine, theirs] = await Promise.all([ways.mine(), rest.resting ? null : ways.theirs()]);
      const cards = [];
      if (says(theirs)) cards.push(wayCard(theirs, say("way-theirs", { name: partnerName(app) })));
      if (says(mine)) cards.push(wayCard(mine, say(two ? "way-yours" : "only-me")));
      part(root, "cards").replaceChildren(...cards);
      fill(root, { write: say(says(mine) ? "way-change" : "way-write") });
    };
    fill(root, { about: say(two ? "way-about-two" : "way-about-one"), write: say("way-write") });
    const stop = live.listen(EVENTS.journalChanged, () => void draw().catch(() => {}));
    await draw().catch((error) => notice(sayError(error)));
    return stop;
  },
};
