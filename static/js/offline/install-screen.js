/** On the home screen: what it is good for, how it is done, under which name and picture. */

import { on, setVisible } from "../ui/dom.js";
import { installPrompt } from "./install-prompt.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "home-screen",
  auth: "member",
  title: "title",
  tab: "settings",
  mount(root, _, __, signal) {
    const draw = () => {
      setVisible(root, "there", installPrompt.installed);
      setVisible(root, "put", !installPrompt.installed && installPrompt.isAvailable);
      setVisible(root, "by-hand", !installPrompt.installed && !installPrompt.isAvailable);
    };
    on(root, "put", "click", () => void installPrompt.prompt());
    installPrompt.addEventListener("changed", draw, { signal });
    draw();
  },
};
