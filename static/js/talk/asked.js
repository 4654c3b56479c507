/**
 * What a question says. A release may take one out of the catalogue after two have begun to talk
 * about it: then its words are those that were sealed when it was laid on the table or answered.
 */

import { question, questions } from "./questions-data.js";

/** @typedef {import("./questions-data.js").Question} Question */

/**
 * Find a question by its id; null for one that needs two while there is one.
 * @param {import("../app.js").App} app @param {string} id @returns {Promise<Question | null>}
 */
export async function asked(app, id) {
  const found = question(id);
  if (found) return found.two && !app.session.spaces.active ? null : found;
  return outside(id, await wordsOf(app, id));
}

/**
 * A question that is in no catalogue any more.
 * @param {string} id
 * @param {string} text
 * @returns {Question | null}
 */
export function outside(id, text) {
  if (!text) return null;
  return { id, theme: "", weight: "", couple: false, two: false, text, note: "", kind: "" };
}

/** @param {import("../app.js").App} app @param {string} id */
async function wordsOf(app, id) {
  const laid = await app.table.laid();
  if (laid.id === id && laid.asked) return laid.asked;
  await app.answers.load();
  const pair = await app.answers.pair(id);
  const said = pair && (await app.answers.open(pair, pair.mine ?? pair.theirs)).said;
  return String(said?.asked ?? "");
}

/**
 * The questions that one has answered, or that are open to both. Of an answer of the other's
 * alone nothing is told here.
 * @param {import("../app.js").App} app
 * @returns {Promise<Question[]>}
 */
export async function answered({ answers }) {
  const pairs = [...answers.pairs.values()].filter((pair) => pair.mine || pair.revealed);
  if (!pairs.length) return [];
  const known = new Map();
  for (const one of questions()) known.set(await answers.refOf(one.id), one);
  const found = [];
  for (const pair of pairs) {
    let one = known.get(pair.ref);
    if (!one) {
      const { said } = await answers.open(pair, pair.mine ?? pair.theirs);
      one = outside(String(said?.question ?? ""), String(said?.asked ?? ""));
    }
    if (one?.id) found.push(one);
  }
  return found;
}
