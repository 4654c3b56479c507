/** How the host protects its users, as a screen; it requires nobody to be signed in. */

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "protects",
  auth: "none",
  title: "title",
  tab: "settings",
  mount() {},
};
