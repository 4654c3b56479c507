/** Of what came back from an archive: who wrote it, in the journal that two shared. */

import { say } from "../ui/sentences.js";

/** @param {{ name?: unknown, mine?: unknown }} from */
export function sayFrom({ name, mine }) {
  return say("from-shared", { who: mine ? say("you") : String(name ?? "") });
}
