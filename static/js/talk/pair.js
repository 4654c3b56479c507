/**
 * The two answers on the page: one's own as it is now; the other's once it may be read. Nothing of
 * the other's is mentioned before one's own, save what its author has opened, folded.
 */

import { unb64, b64 } from "../crypto/bytes.js";
import { clone, fill, part, show } from "../ui/dom.js";
import { say } from "../ui/sentences.js";

/** @typedef {import("./answers.js").WirePair} WirePair */

/** How the other is called. @param {import("../app.js").App} app @returns {string} */
export function nameOfOther({ session, journals }) {
  const space = session.spaces.active;
  return (space && journals.nameOf(b64(space.partner))) || say("someone");
}

/**
 * @param {HTMLElement} root
 * @param {import("../app.js").App} app
 * @param {WirePair | null} pair
 * @param {boolean} unfolded whether what the other opened alone was asked for
 */
export async function drawPair(root, app, pair, unfolded) {
  const name = nameOfOther(app);
  const mine = pair?.mine ?? null;
  const theirs = pair?.theirs && "box" in pair.theirs ? pair.theirs : null;
  const folded = theirs !== null && !mine && !pair?.revealed && !unfolded;
  const cards = [];
  if (pair && mine) {
    const head = say(pair.revealed ? "answer-yours" : mine.open ? "answer-open" : "answer-sealed");
    cards.push(card(head, await app.answers.open(pair, mine)));
  }
  if (pair && theirs && !folded) {
    cards.push(card(say("answer-theirs", { name }), await app.answers.open(pair, theirs)));
  }
  part(root, "answers").replaceChildren(...cards);
  fill(root, { "read-theirs": folded ? say("answer-to-read", { name }) : "" });
  show(root, "theirs-open", folded);
  const waits = mine && !pair?.revealed && !theirs ? waiting(mine) : "";
  fill(root, { waiting: waits && say(waits, { name }) });
  show(root, "waiting", waits !== "");
}

/** @param {NonNullable<WirePair["mine"]>} mine */
function waiting({ open, quiet }) {
  if (open) return "answer-waits-open";
  return quiet ? "answer-waits-quiet" : "answer-waits";
}

/** One answer. @param {string} head @param {import("./answers.js").Opened} opened */
export function card(head, { said, forged }) {
  const root = clone("answer-card");
  const ways = {
    none: "answer-none",
    same: "answer-same",
    recording: "answer-recording",
    words: "",
  };
  const key = said ? ways[said.way] : "trouble-cannot-open";
  const written = String(said?.text ?? "");
  const text = [key && say(key), written].filter(Boolean).join("\n\n");
  fill(root, { head, said: text, "said-trouble": forged ? say("trouble-forged") : "" });
  show(root, "said-trouble", forged);
  if (said?.audio) {
    const sound = /** @type {HTMLAudioElement} */ (part(root, "said-sound"));
    const type = /^audio\/(webm|mp4|ogg|mpeg)$/.test(said.audio.mime)
      ? said.audio.mime
      : "audio/webm";
    const bytes = /** @type {BlobPart} */ (unb64(said.audio.data));
    sound.src = URL.createObjectURL(new Blob([bytes], { type }));
    sound.hidden = false;
  }
  return root;
}
