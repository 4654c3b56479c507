/** The list of rituals, with one quiet line while the partner is in one that they share. */

import { partnerName } from "../entries/partner-name.js";
import { clone, fill, part, setVisible } from "../ui/dom.js";
import { t } from "../ui/i18n.js";
import { ritualById, allRituals } from "../content/rituals.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "rituals",
  auth: "member",
  title: "title",
  tab: "keepsakes",
  mount(root, app, _, signal) {
    const there = /** @type {HTMLAnchorElement} */ (part(root, "there"));
    const base = there.href;
    const lines = allRituals().map(({ id, title, about }) => {
      const line = clone("ritual-line");
      const link = /** @type {HTMLAnchorElement} */ (part(line, "link"));
      link.href = `${link.href}/${id}`;
      fill(line, { title, about });
      return line;
    });
    part(root, "list").replaceChildren(...lines);
    const render = () => {
      const found = app.rest.resting ? null : ritualById(app.rituals.partnerRitual);
      const message = found
        ? t("ritual-there", { name: partnerName(app), title: found.title })
        : "";
      fill(root, { there: message });
      setVisible(root, "there", message !== "");
      if (found) there.href = `${base}/${found.id}/together`;
    };
    app.rituals.addEventListener("changed", render, { signal });
    render();
    const requestState = () => app.rituals.requestState();
    // the connection has just been established
    app.live.addEventListener("resync", requestState, { signal });
    requestState();
  },
};
