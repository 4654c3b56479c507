/** The signals in Talk: the other's, one's own, and the way to say something. */

import { partnerName } from "../linking/partner.js";
import { clone, fill, on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { offered } from "../ui/offered.js";
import { say, sayError } from "../ui/sentences.js";

/**
 * @param {import("../app.js").App} app
 * @returns {{ root: HTMLElement, stop: () => void }}
 */
export function signalsInTalk(app) {
  const { signals, session } = app;
  const root = clone("signals-in-talk");
  let heard = "";
  const draw = () => {
    const { own, theirs } = signals;
    const version = theirs ? `${theirs.rev} ${theirs.at} ${theirs.trouble}` : "";
    if (version !== heard) {
      heard = version; // so that it is read out once, when it comes
      part(root, "heard").replaceChildren(...(theirs ? [card(theirs, partnerName(app))] : []));
    }
    part(root, "own").replaceChildren(...(own ? [card(own, say("signal-yours"))] : []));
    show(root, "own-box", own !== null);
    show(root, "say", own === null && session.spaces.active !== null);
  };
  on(root, "take-back", "click", () => {
    signals.takeBack().catch((error) => notice(sayError(error)));
  });
  signals.addEventListener("changed", draw);
  draw();
  void signals.load().catch(() => {});
  return { root, stop: () => signals.removeEventListener("changed", draw) };
}

/** @param {import("./signals.js").Signal} signal @param {string} head */
function card(signal, head) {
  const root = clone("signal-card");
  const text = words(signal);
  const trouble = signal.trouble || (text ? "" : "newer");
  fill(root, { head, text, trouble: trouble && say(`trouble-${trouble}`) });
  show(root, "trouble", trouble !== "");
  return root;
}

/**
 * What it says, in this page's language if it is a sentence on offer.
 * @param {import("./signals.js").Said} said
 */
export function words({ sentence, text }) {
  return text || (offered("signal-list").find((one) => one.id === sentence)?.text ?? "");
}
