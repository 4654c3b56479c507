/** Take everything with you: which way. */

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "taking",
  auth: "member",
  title: "title",
  tab: "settings",
  mount() {},
};
