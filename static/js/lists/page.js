/** The lists that there are. */

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "lists",
  needs: "member",
  title: "title",
  tab: "keepsakes",
  show() {},
};
