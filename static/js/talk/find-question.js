/**
 * Finds the words of a question. If a release has removed it from the catalogue after two people
 * began to talk about it, its words are those that were sealed when it was put on the table or
 * answered.
 */

import { questionById, allQuestions } from "../content/questions.js";

/** @typedef {import("../content/questions.js").Question} Question */

/**
 * Find a question by its id; null without a partner if it needs two people.
 * @param {import("../services.js").Services} app
 * @param {string} id
 * @returns {Promise<Question | null>}
 */
export async function findQuestion(app, id) {
  const found = questionById(id);
  if (found) return found.two && !app.session.spaces.active ? null : found;
  return retiredQuestion(id, await questionText(app, id));
}

/**
 * Return a question that is no longer in the catalogue.
 * @param {string} id
 * @param {string} text
 * @returns {Question | null}
 */
export function retiredQuestion(id, text) {
  if (!text) return null;
  return { id, theme: "", weight: "", couple: false, two: false, text, note: "", kind: "" };
}

/**
 * @param {import("../services.js").Services} app
 * @param {string} id
 */
async function questionText(app, id) {
  const laid = await app.currentQuestion.current();
  if (laid.id === id && laid.asked) return laid.asked;
  await app.answers.open();
  const pair = await app.answers.pair(id);
  const content = pair && (await app.answers.decrypt(pair, pair.mine ?? pair.theirs)).said;
  return String(content?.asked ?? "");
}

/**
 * Return the questions that the member has answered, or whose answers are revealed. An answer that
 * only the partner has given is not mentioned.
 * @param {import("../services.js").Services} app
 * @returns {Promise<Question[]>}
 */
export async function answeredQuestions({ answers }) {
  const pairs = [...answers.pairs.values()].filter((pair) => pair.mine || pair.revealed);
  if (!pairs.length) return [];
  const known = new Map();
  for (const question of allQuestions()) known.set(await answers.refOf(question.id), question);
  const found = [];
  for (const pair of pairs) {
    let question = known.get(pair.ref);
    if (!question) {
      const { said } = await answers.decrypt(pair, pair.mine ?? pair.theirs);
      if (said?.type === "choice") continue; // a matter of "Side by side"
      question = retiredQuestion(String(said?.question ?? ""), String(said?.asked ?? ""));
    }
    if (question?.id) found.push(question);
  }
  return found;
}
