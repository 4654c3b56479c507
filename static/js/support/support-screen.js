/** The help lines as a screen; it requires nobody to be signed in. */

import { setVisible } from "../ui/dom.js";
import { mountHelplines } from "./helplines.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "help",
  auth: "none",
  core: true,
  title: "title",
  tab: "help",
  mount(root, { session }) {
    mountHelplines(root);
    // a locked page asks for the words first
    setVisible(root, "plan", session.state !== "out");
  },
};
