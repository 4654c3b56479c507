/** The guide inside the space: the same text as outside. */

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
    root.replaceChildren(...clone(`guide-${id}`).childNodes);
  },
};
