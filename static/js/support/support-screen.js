/** The help lines as a screen; it requires nobody to be signed in. */

import { mountHelplines } from "./helplines.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "help",
  auth: "none",
  core: true,
  title: "title",
  tab: "help",
  mount: mountHelplines,
};
