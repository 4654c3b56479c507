/** What an answer holds, outside of its box. Runs without a DOM. */

import { toBase64Url } from "../crypto/bytes.js";

/**
 * @param {import("../entries/recorder.js").Recording} recording
 * @param {string} text what was written as well, if anything
 * @returns {import("./answer-store.js").AnswerContent}
 */
export function recordingContent({ mime, bytes, seconds }, text) {
  const audio = { mime, data: toBase64Url(bytes), seconds };
  return { way: "recording", audio, ...(text.trim() ? { text } : {}) };
}

/**
 * Return what the member has answered to a question; null if they have not, or it does not open.
 * @param {import("./answer-store.js").AnswerStore} answers
 * @param {string} question
 */
export async function ownAnswer(answers, question) {
  const pair = await answers.pair(question);
  return pair?.mine ? (await answers.decrypt(pair, pair.mine)).said : null;
}
