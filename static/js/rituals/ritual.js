/** One ritual, before it begins: what it is, alone or together. */

import { partnerName } from "../linking/partner.js";
import { fill, part, show } from "../ui/dom.js";
import { say } from "../ui/sentences.js";
import { ritual } from "./rituals-data.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "ritual",
  needs: "member",
  title: "title",
  tab: "keepsakes",
  show(root, app, [id = ""]) {
    const found = ritual(id);
    if (!found) return void app.router.go("space/rituals", { replace: true });
    const two = app.journals.shared !== null;
    fill(root, {
      title: found.title,
      about: found.about,
      alone: say(two ? "ritual-alone" : "ritual-begin"),
      how: two ? say("ritual-how", { name: partnerName(app) }) : "",
    });
    part(root, "alone").classList.toggle("ours", !two);
    for (const how of ["alone", "together"]) {
      const link = /** @type {HTMLAnchorElement} */ (part(root, how));
      link.href = `${link.href}/${id}/${how}`;
    }
    show(root, "together", two);
    show(root, "how", two);
  },
};
