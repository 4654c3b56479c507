/**
 * Says when a journal's history does not agree with what this device or the partner has seen
 * (protocol §19): in a sentence on any screen until it has been read, and in Settings as long as it
 * is so. Nothing is closed by it.
 */

import { toBase64Url } from "../crypto/bytes.js";
import { clone, fill, on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";

/** @typedef {import("../replica/journal.js").Journal} Journal */

/** @param {import("../services.js").Services} app */
export function watchHistoryDoubts(app) {
  const { journals, pinLock } = app;
  /** @type {HTMLElement[]} */
  let cards = [];
  let turn = 0;
  let said = "";
  const draw = async () => {
    const mine = ++turn;
    /** @type {Journal[]} */
    const fresh = [];
    for (const journal of doubted(app)) if (!(await journal.history?.isRead())) fresh.push(journal);
    if (mine !== turn) return;
    const now = fresh.map(doubtKey).join();
    if (now === said) return; // an unchanged sentence is not announced again
    said = now;
    for (const one of cards) one.remove();
    cards = fresh.map((journal) => {
      const root = doubtCard(journal, app);
      on(root, "history-close", "click", () => journal.history?.markRead());
      part(document.body, "stage").before(root);
      return root;
    });
  };
  const redraw = () => void draw().catch(() => {}); // the session may be locked meanwhile
  journals.addEventListener("history", redraw);
  journals.addEventListener("journals-changed", redraw);
  app.session.addEventListener("state", redraw);
  pinLock.addEventListener("changed", redraw);
}

/**
 * Show all of them in Settings, where a person may go on.
 * @param {HTMLElement} place
 * @param {import("../services.js").Services} app
 * @param {AbortSignal} signal
 */
export function mountHistoryDoubts(place, app, signal) {
  const draw = () => {
    const journals = doubted(app);
    const now = journals.map(doubtKey).join();
    if (place.dataset.said === now) return;
    place.dataset.said = now;
    place.replaceChildren(...journals.map((journal) => settingsCard(journal, app)));
  };
  app.journals.addEventListener("history", draw, { signal });
  draw();
}

/**
 * @param {Journal} journal
 * @param {import("../services.js").Services} app
 */
function settingsCard(journal, app) {
  const root = doubtCard(journal, app);
  root.classList.remove("parted");
  setVisible(root, "history-read", false);
  setVisible(root, "history-without", true);
  const ask = (/** @type {boolean} */ whether) => setVisible(root, "history-box", whether);
  on(root, "history-go-on", "click", () => ask(true));
  on(root, "history-no", "click", () => ask(false));
  on(root, "history-yes", "click", async () => {
    try {
      await journal.history?.goOn();
    } catch (error) {
      showToast(errorMessage(error));
    }
  });
  return root;
}

/** @param {import("../services.js").Services} app */
function doubted({ journals }) {
  return journals.visible.filter((journal) => journal.history?.doubt);
}

/** @param {Journal} journal */
function doubtKey({ path, history }) {
  return `${path} ${history?.doubt}`;
}

/**
 * @param {Journal} journal
 * @param {import("../services.js").Services} app
 */
function doubtCard({ shared, members, history }, { journals }) {
  const root = clone("history-doubt");
  const partner = members[1];
  const name = (partner && journals.nameOf(toBase64Url(partner))) || t("doubt-someone");
  const journal = t(shared ? "history-both" : "history-mine");
  fill(root, {
    "history-says": t(`history-${history?.doubt}`, { name, journal }),
    "history-meanwhile": t(shared ? "history-meanwhile" : "history-meanwhile-alone", { name }),
  });
  return root;
}
