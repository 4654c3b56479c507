/** Choosing which kind of keepsake to add. */

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "keepsake-add",
  auth: "member",
  title: "title",
  tab: "keepsakes",
  mount() {},
};
