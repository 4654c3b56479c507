/** Signals on the Talk screen: the partner's, the member's own, and the link to send one. */

import { partnerName } from "../entries/partner-name.js";
import { clone, fill, on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { saysItIsDark } from "../content/signals.js";
import { readPresets } from "../content/presets.js";
import { t, errorMessage } from "../ui/i18n.js";

/**
 * @param {import("../services.js").Services} app
 * @param {AbortSignal} signal
 * @returns {HTMLElement}
 */
export function mountSignalsPanel(app, signal) {
  const { signals, session } = app;
  const root = clone("signals-in-talk");
  let shownVersion = "";
  const render = () => {
    const { own, theirs } = signals;
    const version = theirs ? `${theirs.rev} ${theirs.at} ${theirs.trouble}` : "";
    if (version !== shownVersion) {
      shownVersion = version; // so that it is announced once, when it arrives
      part(root, "heard").replaceChildren(...(theirs ? [card(theirs, partnerName(app))] : []));
    }
    part(root, "own").replaceChildren(...(own ? [card(own, t("signal-yours"))] : []));
    setVisible(root, "own-box", own !== null);
    setVisible(root, "say", own === null && session.spaces.active !== null);
  };
  on(root, "take-back", "click", () => {
    signals.takeBack().catch((error) => showToast(errorMessage(error)));
  });
  signals.addEventListener("changed", render, { signal });
  render();
  return root;
}

/**
 * @param {import("./signals.js").Signal} signal
 * @param {string} head
 */
function card(signal, head) {
  const root = clone("signal-card");
  const text = signalText(signal);
  const trouble = signal.trouble || (text ? "" : "newer");
  fill(root, { head, text, trouble: trouble && t(`trouble-${trouble}`) });
  setVisible(root, "trouble", trouble !== "");
  if (!saysItIsDark(signal)) part(root, "plan").remove();
  return root;
}

/**
 * Return the text of a signal, in this page's language if it is a preset one.
 * @param {import("./signals.js").SignalContent} said
 */
function signalText({ sentence, text }) {
  return text || (readPresets("signal-list").find((preset) => preset.id === sentence)?.text ?? "");
}
