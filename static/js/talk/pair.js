/** The two answers on the page: one's own as it is now, the other's once it may be read. */

import { unb64, b64 } from "../crypto/bytes.js";
import { clone, fill, part, show } from "../ui/dom.js";
import { say } from "../ui/sentences.js";

/**
 * @param {HTMLElement} root
 * @param {import("../app.js").App} app
 * @param {import("./answers.js").WirePair | null} pair
 */
export async function drawPair(root, app, pair) {
  const space = app.session.spaces.active;
  const name = (space && app.journals.nameOf(b64(space.partner))) || say("someone");
  const mine = pair?.mine ?? null;
  const theirs = pair?.theirs && "box" in pair.theirs ? pair.theirs : null;
  const cards = [];
  if (pair && mine) {
    const head = say(pair.revealed ? "answer-yours" : mine.open ? "answer-open" : "answer-sealed");
    cards.push(card(head, await app.answers.open(pair, mine)));
  }
  if (pair && theirs) {
    cards.push(card(say("answer-theirs", { name }), await app.answers.open(pair, theirs)));
  }
  part(root, "answers").replaceChildren(...cards);
  const waiting = mine && !pair?.revealed && !theirs;
  fill(root, { waiting: waiting ? say(mine.open ? "answer-waits-open" : "answer-waits", { name }) : "" });
  show(root, "waiting", Boolean(waiting));
}

/** One answer. @param {string} head @param {import("./answers.js").Opened} opened */
export function card(head, { said, forged }) {
  const root = clone("answer-card");
  const ways = { none: "answer-none", same: "answer-same", recording: "answer-recording", words: "" };
  const key = said ? ways[said.way] : "trouble-cannot-open";
  const text = said?.way === "words" ? String(said.text ?? "") : key ? say(key) : "";
  fill(root, { head, text, trouble: forged ? say("trouble-forged") : "" });
  show(root, "trouble", forged);
  if (said?.audio) {
    const sound = /** @type {HTMLAudioElement} */ (part(root, "sound"));
    const type = /^audio\/(webm|mp4|ogg|mpeg)$/.test(said.audio.mime) ? said.audio.mime : "audio/webm";
    const bytes = /** @type {BlobPart} */ (unb64(said.audio.data));
    sound.src = URL.createObjectURL(new Blob([bytes], { type }));
    sound.hidden = false;
  }
  return root;
}
