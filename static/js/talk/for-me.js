/** "Only me": what a question brought up goes into the individual journal; nobody is told. */

import { b64, randomBytes } from "../crypto/bytes.js";
import { now } from "../journals/journal.js";
import { sayPosted } from "../journals/posted.js";
import { Writer } from "../journals/writer.js";
import { notice } from "../ui/notice.js";
import { say } from "../ui/sentences.js";

/**
 * @param {import("../app.js").App} app
 * @param {{ text: string }} question
 * @param {string} text
 * @param {import("../journals/recorder.js").Recording | null} recording
 */
export async function keepForMe({ journals }, question, text, recording) {
  const writer = new Writer(journals, {
    id: b64(randomBytes(16)),
    rev: 1,
    shared: false,
    type: "note",
    to: "",
    text: [question.text, text].filter((one) => one.trim()).join("\n\n"),
    feelings: [],
    files: [],
    at: now(),
  });
  if (recording) writer.record(recording);
  const waits = await writer.save();
  const { id } = writer.draft;
  notice(waits ? sayPosted(journals.outbox, id, waits) : say("for-me-kept"));
}
