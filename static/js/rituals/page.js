/** All rituals; and one quiet line while the other is at one that is open to both. */

import { partnerName } from "../linking/partner.js";
import { clone, fill, part, show } from "../ui/dom.js";
import { say } from "../ui/sentences.js";
import { ritual, rituals } from "./rituals-data.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "rituals",
  needs: "member",
  title: "title",
  tab: "keepsakes",
  show(root, app) {
    const there = /** @type {HTMLAnchorElement} */ (part(root, "there"));
    const here = there.href;
    const lines = rituals().map(({ id, title, about }) => {
      const line = clone("ritual-line");
      const link = /** @type {HTMLAnchorElement} */ (part(line, "link"));
      link.href = `${link.href}/${id}`;
      fill(line, { title, about });
      return line;
    });
    part(root, "list").replaceChildren(...lines);
    const draw = () => {
      const found = app.rest.resting ? null : ritual(app.rituals.theirs);
      const says = found ? say("ritual-there", { name: partnerName(app), title: found.title }) : "";
      fill(root, { there: says });
      show(root, "there", says !== "");
      if (found) there.href = `${here}/${found.id}/together`;
    };
    app.rituals.addEventListener("changed", draw);
    draw();
    const look = () => app.rituals.look();
    app.live.addEventListener("ask", look); // the connection has just come
    look();
    return () => {
      app.rituals.removeEventListener("changed", draw);
      app.live.removeEventListener("ask", look);
    };
  },
};
