/**
 * The practical matters of "Side by side", which the page holds in #matter-list, and the answers on
 * offer. A matter is answered under a topic whose id no question can have.
 */

import { t } from "../ui/i18n.js";
import { allQuestions } from "./questions.js";
import { readPresets } from "./presets.js";

/** The answers on offer, as they are stored in the sealed document. */
export const CHOICES = ["yes", "no", "not-now", "unsure", "you-choose"];

const TOPIC = "matter/"; // the id of a question has no slash

/** @returns {{ id: string, text: string }[]} in this page's language */
export function offeredMatters() {
  return readPresets("matter-list").map(({ id, text }) => ({ id, text }));
}

/**
 * Return the stable id under which a matter is answered (protocol §8).
 * @param {string} matter its id in the catalogue, or the id of an added item
 */
export function matterTopic(matter) {
  return TOPIC + matter;
}

/**
 * Return the matter that a topic belongs to, or "".
 * @param {string} topic
 */
export function matterOfTopic(topic) {
  return topic.startsWith(TOPIC) ? topic.slice(TOPIC.length) : "";
}

/**
 * Return every topic in the catalogue that can be answered.
 * @returns {{ id: string, text: string }[]}
 */
export function answerTopics() {
  const matters = offeredMatters().map(({ id, text }) => ({ id: matterTopic(id), text }));
  return [...allQuestions(), ...matters];
}

/**
 * Whether a sealed document has the type that its topic requires: a choice for a matter, an answer
 * for a question.
 * @param {Record<string, any>} doc
 */
export function fitsTopic({ type, question, choice }) {
  const isMatter = matterOfTopic(String(question ?? "")) !== "";
  if (type === "choice") return isMatter && CHOICES.includes(choice);
  return type === "answer" && !isMatter;
}

/**
 * Return the words for a choice, or "" for anything else.
 * @param {Record<string, any>} said
 */
export function choiceText({ choice }) {
  return CHOICES.includes(choice) ? t(`choice-${choice}`) : "";
}
