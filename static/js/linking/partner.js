/** How the partner wants to be called, or a word that fits anyone. */

import { b64 } from "../crypto/bytes.js";
import { say } from "../ui/sentences.js";

/** @param {import("../app.js").App} app */
export function partnerName({ session, journals }) {
  const space = session.spaces.active;
  return (space && journals.nameOf(b64(space.partner))) || say("someone");
}
