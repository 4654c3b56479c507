/** Renders one answer as a card: its heading, its words, its recording. */

import { fromBase64Url } from "../crypto/bytes.js";
import { choiceText } from "../content/matters.js";
import { clone, fill, part, setVisible } from "../ui/dom.js";
import { t } from "../ui/i18n.js";
import { objectUrl } from "../ui/lifetime.js";

/**
 * @param {string} head
 * @param {import("./answer-store.js").OpenedAnswer} opened
 * @param {AbortSignal} signal aborted when the card is removed
 */
export function answerCard(head, { said, forged }, signal) {
  const root = clone("answer-card");
  const ways = {
    none: "answer-none",
    same: "answer-same",
    recording: "answer-recording",
    words: "",
  };
  const key = said ? said.way && ways[said.way] : "trouble-cannot-open";
  const tapped = said ? choiceText(said) : "";
  const written = String(said?.text ?? "");
  const text = [tapped, key && t(key), written].filter(Boolean).join("\n\n");
  fill(root, { head, said: text, "said-trouble": forged ? t("trouble-forged") : "" });
  setVisible(root, "said-trouble", forged);
  if (said?.audio) {
    const sound = /** @type {HTMLAudioElement} */ (part(root, "said-sound"));
    const type = /^audio\/(webm|mp4|ogg|mpeg)$/.test(said.audio.mime)
      ? said.audio.mime
      : "audio/webm";
    const bytes = /** @type {BlobPart} */ (fromBase64Url(said.audio.data));
    sound.src = objectUrl(new Blob([bytes], { type }), signal);
    sound.hidden = false;
  }
  return root;
}
