/**
 * What the server says of a space and what this device knows are not the same: said in a sentence
 * on whatever page one is, until it has been read, and in Settings as long as it is so.
 */

import { clone, fill, on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say, sayError } from "../ui/sentences.js";

/** @typedef {import("../session/space-keys.js").Trouble} Trouble */

/** @param {Trouble} trouble */
function nameOf({ space, why }) {
  return `${space} ${why}`;
}

/** @param {import("../app.js").App} app */
export function watchDoubts(app) {
  const { session } = app;
  /** @type {HTMLElement[]} */
  let cards = [];
  let turn = 0;
  let said = "";
  const draw = async () => {
    const mine = ++turn;
    const { troubles, remembered } = session.spaces;
    const open = session.state === "open";
    if (open) await remembered.readNoMore(troubles.map(nameOf));
    const read = open ? (await remembered.load()).read : [];
    if (mine !== turn) return;
    const fresh = troubles.filter((trouble) => !read.includes(nameOf(trouble)));
    const now = fresh.map(nameOf).join();
    if (now === said) return; // a sentence that is the same is not read out again
    said = now;
    for (const one of cards) one.remove();
    cards = fresh.map((trouble) => {
      const root = card(trouble);
      on(root, "doubt-close", "click", async () => {
        await remembered.read(nameOf(trouble));
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
 * @param {import("../app.js").App} app
 */
export function showDoubts(place, app) {
  const { troubles } = app.session.spaces;
  const now = troubles.map(nameOf).join();
  if (place.dataset.said === now) return;
  place.dataset.said = now;
  const cards = troubles.map((trouble) => {
    const root = card(trouble);
    root.classList.remove("parted");
    show(root, "doubt-read", false);
    show(root, "doubt-without", trouble.why === "gone");
    const ask = (/** @type {boolean} */ whether) => show(root, "go-on-box", whether);
    on(root, "go-on", "click", () => ask(true));
    on(root, "go-on-no", "click", () => ask(false));
    on(root, "go-on-yes", "click", async () => {
      try {
        await app.session.spaces.remembered.forget(trouble.space);
        await app.session.refresh();
      } catch (error) {
        notice(sayError(error));
      }
    });
    return root;
  });
  place.replaceChildren(...cards);
}

/** @param {Trouble} trouble */
function card({ why, name: known, ended }) {
  const root = clone("space-doubt");
  const name = known || say("doubt-someone");
  const meanwhile = say(ended && why !== "reopened" ? "doubt-meanwhile-ended" : "doubt-meanwhile", {
    name,
  });
  fill(root, { doubt: say(`doubt-${why}`, { name }), "doubt-meanwhile": meanwhile });
  return root;
}
