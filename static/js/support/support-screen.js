/** Help now, inside the space; it needs nobody to be signed in. */

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
