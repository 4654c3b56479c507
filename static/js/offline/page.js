/** On the home screen: what it is good for, how it is done, under which name and picture. */

import { on, show } from "../ui/dom.js";
import { installer } from "./installing.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "home-screen",
  needs: "member",
  title: "title",
  tab: "settings",
  show(root) {
    const draw = () => {
      show(root, "there", installer.there);
      show(root, "put", !installer.there && installer.possible);
      show(root, "by-hand", !installer.there && !installer.possible);
    };
    on(root, "put", "click", () => void installer.ask());
    installer.addEventListener("changed", draw);
    draw();
    return () => installer.removeEventListener("changed", draw);
  },
};
