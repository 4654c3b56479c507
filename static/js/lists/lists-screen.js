/** The menu of lists. */

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "lists",
  auth: "member",
  title: "title",
  tab: "keepsakes",
  mount() {},
};
