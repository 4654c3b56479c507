/** What stands beside the question in Talk: rest and signals above it, "My way" below. */

import { restInTalk } from "../rest/in-talk.js";
import { signalsInTalk } from "../signals/in-talk.js";
import { part } from "../ui/dom.js";

/**
 * @param {HTMLElement} root
 * @param {import("../app.js").App} app
 * @returns {Promise<() => void>} what is to be done on leaving
 */
export async function beside(root, app) {
  const rest = await restInTalk(app, (folded) => root.classList.toggle("folded", folded));
  const signals = signalsInTalk(app);
  part(root, "beside").replaceChildren(rest.root, signals.root);
  return () => {
    rest.stop();
    signals.stop();
  };
}
