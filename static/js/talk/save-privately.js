/** "Only me": saves a text about a question to the individual journal, and notifies nobody. */

import { toBase64Url, randomBytes } from "../crypto/bytes.js";
import { outboxMessage } from "../entries/outbox-message.js";
import { DraftEditor } from "../replica/draft-editor.js";
import { showToast } from "../ui/toast.js";
import { t } from "../ui/i18n.js";
import { timestamp } from "../clock.js";

/**
 * @param {import("../services.js").Services} app
 * @param {{ text: string }} question
 * @param {string} text
 * @param {import("../entries/recorder.js").Recording | null} recording
 */
export async function savePrivately({ journals }, question, text, recording) {
  const writer = new DraftEditor(journals, {
    id: toBase64Url(randomBytes(16)),
    rev: 1,
    shared: false,
    type: "note",
    to: "",
    text: [question.text, text].filter((part) => part.trim()).join("\n\n"),
    feelings: [],
    files: [],
    at: timestamp(),
  });
  if (recording) writer.record(recording);
  const waits = await writer.save();
  const { id } = writer.draft;
  showToast(waits ? outboxMessage(journals.outbox, id, waits) : t("for-me-kept"));
}
