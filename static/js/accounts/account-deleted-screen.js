/** The account and all that was written are deleted: confirms it. */

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "deleted",
  auth: "none",
  core: true,
  title: "title",
  mount() {},
};
