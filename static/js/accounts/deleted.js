/** Nothing is left. */

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "deleted",
  needs: "anyone",
  early: true,
  title: "title",
  show() {},
};
