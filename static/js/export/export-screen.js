/** Choosing what to export: an archive or a book. */

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "taking",
  auth: "member",
  title: "title",
  tab: "settings",
  mount() {},
};
