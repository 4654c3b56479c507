/** One ritual before it starts: its description, and whether to do it alone or together. */

import { partnerName } from "../entries/partner-name.js";
import { fill, part, setVisible } from "../ui/dom.js";
import { t } from "../ui/i18n.js";
import { ritualById } from "../content/rituals.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "ritual",
  auth: "member",
  title: "title",
  tab: "keepsakes",
  mount(root, app, [id = ""]) {
    const found = ritualById(id);
    if (!found) return void app.router.navigate("space/rituals", { replace: true });
    const linked = app.journals.shared !== null;
    fill(root, {
      title: found.title,
      about: found.about,
      alone: t(linked ? "ritual-alone" : "ritual-begin"),
      how: linked ? t("ritual-how", { name: partnerName(app) }) : "",
    });
    part(root, "alone").classList.toggle("ours", !linked);
    for (const mode of ["alone", "together"]) {
      const link = /** @type {HTMLAnchorElement} */ (part(root, mode));
      link.href = `${link.href}/${id}/${mode}`;
    }
    setVisible(root, "together", linked);
    setVisible(root, "how", linked);
  },
};
