/** The guide as a screen, with the same text as the public page. */

import { clone } from "../ui/dom.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "guide",
  auth: "member",
  title: "title",
  tab: "guide",
  mount(root, app, [id = ""]) {
    if (!id) return;
    if (!document.getElementById(`guide-${id}`)) return void app.router.navigate("space/guide");
    const article = clone(`guide-${id}`);
    root.className = article.className;
    root.replaceChildren(...article.childNodes);
  },
};
