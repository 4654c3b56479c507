/**
 * Says when a journal's history does not agree with what this device or the partner has seen
 * (protocol §19): on the journal's screen until it has been read, and in Settings and with a former
 * space as long as it is so. Nothing is closed by it.
 */

import { toBase64Url } from "../crypto/bytes.js";
import { clone, fill, on, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";

/** @typedef {import("../replica/journal.js").Journal} Journal */
/** @typedef {import("../services.js").Services} Services */

/**
 * Show on the journal's screen what has not been read yet, and nothing while the member rests.
 * @param {HTMLElement} place
 * @param {Services} app
 * @param {() => Journal[]} shown the journals on the screen
 * @param {AbortSignal} signal
 * @returns {() => void} to be called when other journals are shown
 */
export function mountUnreadDoubts(place, app, shown, signal) {
  const unread = async () => {
    /** @type {Map<string, Journal[]>} */
    const groups = new Map();
    for (const journal of app.rest.resting ? [] : doubted(shown())) {
      const { doubt = "" } = journal.history ?? {};
      if (!(await journal.history?.isRead()))
        groups.set(doubt, [...(groups.get(doubt) ?? []), journal]);
    }
    return [...groups.values()]; // the same is said once: a restored backup concerns both
  };
  const draw = drawing(place, unread, (journals) => {
    const root = doubtCard(journals, app);
    on(root, "history-close", "click", async () => {
      for (const { history } of journals) await history?.markRead();
    });
    return root;
  });
  app.journals.addEventListener("history", draw, { signal });
  app.rest.addEventListener("changed", draw, { signal });
  draw();
  return draw;
}

/**
 * Show all doubts about some journals, where a person may go on.
 * @param {HTMLElement} place
 * @param {Services} app
 * @param {() => Journal[]} shown
 * @param {AbortSignal} signal
 */
export function mountHistoryDoubts(place, app, shown, signal) {
  const draw = drawing(
    place,
    async () => doubted(shown()).map((journal) => [journal]),
    (journals) => answerableCard(journals, app),
  );
  app.journals.addEventListener("history", draw, { signal });
  app.pinLock.addEventListener("changed", draw, { signal });
  draw();
}

/**
 * Return a function that shows a card for each group of journals that have the same doubt. An
 * unchanged card is not drawn again, so that it is not announced again.
 * @param {HTMLElement} place
 * @param {() => Promise<Journal[][]>} wanted
 * @param {(journals: Journal[]) => HTMLElement} makeCard
 */
function drawing(place, wanted, makeCard) {
  let turn = 0;
  let said = "";
  const draw = async () => {
    const mine = ++turn;
    const groups = await wanted();
    if (mine !== turn) return;
    const now = groups.flatMap((group) => group.map(doubtKey)).join();
    if (now === said) return;
    said = now;
    place.replaceChildren(...groups.map(makeCard));
  };
  return () => void draw().catch(() => {}); // the session may be locked meanwhile
}

/**
 * @param {Journal[]} journals
 * @param {Services} app
 */
function answerableCard(journals, app) {
  const root = doubtCard(journals, app);
  setVisible(root, "history-read", false);
  setVisible(root, "history-without", true);
  const ask = (/** @type {boolean} */ whether) => setVisible(root, "history-box", whether);
  on(root, "history-go-on", "click", () => ask(true));
  on(root, "history-no", "click", () => ask(false));
  on(root, "history-yes", "click", async () => {
    try {
      for (const { history } of journals) await history?.goOn();
    } catch (error) {
      showToast(errorMessage(error));
    }
  });
  return root;
}

/** @param {Journal[]} journals */
function doubted(journals) {
  return journals.filter(({ history }) => history?.doubt);
}

/** @param {Journal} journal */
function doubtKey({ path, history }) {
  return `${path} ${history?.doubt}`;
}

/**
 * @param {Journal[]} journals of the same doubt
 * @param {Services} app
 */
function doubtCard(journals, app) {
  const root = clone("history-doubt");
  const [mine, ours] = [false, true].map((which) => journals.find((one) => one.shared === which));
  root.classList.toggle("mine", !ours);
  root.classList.toggle("ours", !mine);
  setVisible(root, "history-mine", mine !== undefined);
  setVisible(root, "history-ours", ours !== undefined);
  const partner = ours?.members[1];
  const name = (partner && app.journals.nameOf(toBase64Url(partner))) || t("doubt-someone");
  const ended = ours?.writable === false;
  fill(root, {
    "history-safe": t(ended ? "history-safe-ended" : "history-safe"),
    "history-says": t(`history-${journals[0]?.history?.doubt}`, { name }),
    // nobody is asked to speak with somebody with whom they no longer share a space
    "history-could": t(ours && !ended ? "history-could" : "history-could-alone", { name }),
  });
  return root;
}
