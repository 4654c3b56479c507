/**
 * What the server says of a space and what this device knows are not the same: said in a sentence
 * on whatever page one is, until it has been read, and in Settings as long as it is so.
 */

import { clone, fill, on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";

/** @typedef {import("../session/space-keys.js").Trouble} Trouble */

/** @param {Trouble} trouble */
function doubtKey({ space, why }) {
  return `${space} ${why}`;
}

/** @param {import("../services.js").Services} app */
export function watchSpaceDoubts(app) {
  const { session } = app;
  /** @type {HTMLElement[]} */
  let cards = [];
  let turn = 0;
  let said = "";
  const draw = async () => {
    const mine = ++turn;
    const { troubles, remembered } = session.spaces;
    const open = session.state === "unlocked";
    if (open) await remembered.unmarkRead(troubles.map(doubtKey));
    const read = open ? (await remembered.load()).read : [];
    if (mine !== turn) return;
    const fresh = troubles.filter((trouble) => !read.includes(doubtKey(trouble)));
    const now = fresh.map(doubtKey).join();
    if (now === said) return; // a sentence that is the same is not read out again
    said = now;
    for (const one of cards) one.remove();
    cards = fresh.map((trouble) => {
      const root = doubtCard(trouble);
      on(root, "doubt-close", "click", async () => {
        await remembered.markRead(doubtKey(trouble));
        await draw();
      });
      part(document.body, "stage").before(root);
      return root;
    });
  };
  const redraw = () => void draw().catch(() => {}); // it may be locked meanwhile
  session.addEventListener("state", redraw);
  session.addEventListener("me", redraw);
  redraw();
}

/**
 * Show all of them, for Settings; what somebody is just answering stays.
 * @param {HTMLElement} place
 * @param {import("../services.js").Services} app
 */
export function mountSpaceDoubts(place, app) {
  const { troubles } = app.session.spaces;
  const now = troubles.map(doubtKey).join();
  if (place.dataset.said === now) return;
  place.dataset.said = now;
  const cards = troubles.map((trouble) => {
    const root = doubtCard(trouble);
    root.classList.remove("parted");
    setVisible(root, "doubt-read", false);
    setVisible(root, "doubt-without", trouble.why === "gone");
    const ask = (/** @type {boolean} */ whether) => setVisible(root, "go-on-box", whether);
    on(root, "go-on", "click", () => ask(true));
    on(root, "go-on-no", "click", () => ask(false));
    on(root, "go-on-yes", "click", async () => {
      try {
        await app.session.spaces.remembered.remove(trouble.space);
        await app.session.refresh();
      } catch (error) {
        showToast(errorMessage(error));
      }
    });
    return root;
  });
  place.replaceChildren(...cards);
}

/** @param {Trouble} trouble */
function doubtCard({ why, name: known, ended }) {
  const root = clone("space-doubt");
  const name = known || t("doubt-someone");
  const meanwhile = t(ended && why !== "reopened" ? "doubt-meanwhile-ended" : "doubt-meanwhile", {
    name,
  });
  fill(root, { doubt: t(`doubt-${why}`, { name }), "doubt-meanwhile": meanwhile });
  return root;
}
