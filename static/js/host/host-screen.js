/** How this protects you, inside the space; it needs nobody to be signed in. */

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "protects",
  auth: "none",
  title: "title",
  tab: "settings",
  mount() {},
};
