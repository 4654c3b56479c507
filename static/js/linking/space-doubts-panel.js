/**
 * Warns if the server's statement about a space contradicts what this device remembers: in a
 * sentence on any screen until it has been read, and in Settings while the contradiction lasts.
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
  let shown = "";
  const render = async () => {
    const mine = ++turn;
    const { troubles, remembered } = session.spaces;
    const open = session.state === "unlocked";
    if (open) await remembered.unmarkRead(troubles.map(doubtKey));
    const read = open ? (await remembered.load()).read : [];
    if (mine !== turn) return;
    const fresh = troubles.filter((trouble) => !read.includes(doubtKey(trouble)));
    const now = fresh.map(doubtKey).join();
    if (now === shown) return; // an unchanged sentence is not announced again
    shown = now;
    for (const element of cards) element.remove();
    cards = fresh.map((trouble) => {
      const root = doubtCard(trouble);
      on(root, "doubt-close", "click", async () => {
        await remembered.markRead(doubtKey(trouble));
        await render();
      });
      part(document.body, "stage").before(root);
      return root;
    });
  };
  const rerender = () => void render().catch(() => {}); // the session may be locked meanwhile
  session.addEventListener("state", rerender);
  session.addEventListener("me", rerender);
  rerender();
}

/**
 * Show all of them in Settings; a form that is being filled in is not redrawn.
 * @param {HTMLElement} container
 * @param {import("../services.js").Services} app
 */
export function mountSpaceDoubts(container, app) {
  const { troubles } = app.session.spaces;
  const now = troubles.map(doubtKey).join();
  if (container.dataset.said === now) return;
  container.dataset.said = now;
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
  container.replaceChildren(...cards);
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
