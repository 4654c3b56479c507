/**
 * The practical matters of "Side by side", as the page holds them in #matter-list, and the answers
 * that can be tapped. A matter is answered under a topic of its own, which no question has.
 */

import { t } from "../ui/i18n.js";
import { allQuestions } from "./questions.js";
import { readPresets } from "./presets.js";

/** What can be tapped, as it stands in the sealed document. */
export const CHOICES = ["yes", "no", "not-now", "unsure", "you-choose"];

const TOPIC = "matter/"; // the id of a question has no slash

/** @returns {{ id: string, text: string }[]} in this page's language */
export function offeredMatters() {
  return readPresets("matter-list").map(({ id, text }) => ({ id, text }));
}

/**
 * The stable id under which a matter is answered (protocol §8).
 * @param {string} matter its id on offer, or the id of an item of one's own
 */
export function matterTopic(matter) {
  return TOPIC + matter;
}

/**
 * The matter that a topic is of, or "".
 * @param {string} topic
 */
export function matterOfTopic(topic) {
  return topic.startsWith(TOPIC) ? topic.slice(TOPIC.length) : "";
}

/**
 * All that is in the catalogue and can be answered.
 * @returns {{ id: string, text: string }[]}
 */
export function answerTopics() {
  const matters = offeredMatters().map(({ id, text }) => ({ id: matterTopic(id), text }));
  return [...allQuestions(), ...matters];
}

/**
 * Whether a sealed document is of the type that its topic asks for: a choice to a matter, an
 * answer to a question.
 * @param {Record<string, any>} doc
 */
export function fitsTopic({ type, question, choice }) {
  const isMatter = matterOfTopic(String(question ?? "")) !== "";
  if (type === "choice") return isMatter && CHOICES.includes(choice);
  return type === "answer" && !isMatter;
}

/**
 * What was tapped, in words; "" for anything else.
 * @param {Record<string, any>} said
 */
export function choiceText({ choice }) {
  return CHOICES.includes(choice) ? t(`choice-${choice}`) : "";
}
