/** Installing on the home screen: its benefit, the steps, and the name and icon shown there. */

import { on, setVisible } from "../ui/dom.js";
import { installPrompt } from "./install-prompt.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "home-screen",
  auth: "member",
  title: "title",
  tab: "settings",
  mount(root, _, __, signal) {
    const render = () => {
      setVisible(root, "there", installPrompt.installed);
      setVisible(root, "put", !installPrompt.installed && installPrompt.isAvailable);
      setVisible(root, "by-hand", !installPrompt.installed && !installPrompt.isAvailable);
    };
    on(root, "put", "click", () => void installPrompt.prompt());
    installPrompt.addEventListener("changed", render, { signal });
    render();
  },
};
