/** Help now, inside the space; it needs nobody to be signed in. */

import { showLines } from "./lines.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "help",
  needs: "anyone",
  early: true,
  title: "title",
  tab: "help",
  show: showLines,
};
