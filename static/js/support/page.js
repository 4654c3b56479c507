/** Help now, inside the space; it needs nobody to be signed in. */

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "help",
  needs: "anyone",
  title: "title",
  tab: "help",
  show() {},
};
