/** Nothing is left. */

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "deleted",
  auth: "none",
  core: true,
  title: "title",
  mount() {},
};
