/** The files of an entry, each fetched and decrypted when it is tapped. */

import { openFile } from "../replica/attachments.js";
import { clone, fill, on, part, setVisible } from "../ui/dom.js";
import { t, errorMessage } from "../ui/i18n.js";
import { objectUrl } from "../ui/lifetime.js";
import { showToast } from "../ui/toast.js";

/**
 * @typedef {import("../replica/attachments.js").FileNote} FileNote
 * @typedef {import("../replica/journal.js").Entry} Entry
 * @typedef {import("../replica/journal.js").Journal} Journal
 */

/**
 * @param {Journal | null} journal the journal that contains the entry
 * @param {Entry} entry
 * @param {FileNote} note
 * @param {AbortSignal} signal ends the requests and the object URLs
 * @returns {HTMLElement}
 */
export function renderFile(journal, entry, note, signal) {
  const open = async () =>
    journal && objectUrl(await openFile(journal, entry, note, signal), signal);
  if (note.mime === "image/jpeg") return renderPicture(note, open, signal);
  if (note.mime === "application/octet-stream") return renderOtherFile(note, open, signal);
  return renderSound(open, signal);
}

/**
 * @param {() => Promise<string | null>} open
 * @param {AbortSignal} signal
 */
function renderSound(open, signal) {
  const line = clone("entry-file");
  const sound = /** @type {HTMLAudioElement} */ (part(line, "sound"));
  onTap(line, "listen", signal, async () => {
    const url = await open();
    if (!url) return;
    sound.src = url;
    sound.hidden = false;
    setVisible(line, "listen", false);
    await sound.play().catch(() => {});
  });
  return line;
}

/**
 * @param {FileNote} note
 * @param {() => Promise<string | null>} open
 * @param {AbortSignal} signal
 */
function renderPicture(note, open, signal) {
  const line = clone("entry-picture");
  const image = /** @type {HTMLImageElement} */ (part(line, "picture"));
  onTap(line, "look", signal, async () => {
    const url = await open();
    if (!url) return;
    image.src = url;
    image.style.setProperty("--ratio", String(Number(note.width) / Number(note.height) || 1));
    image.hidden = false;
    setVisible(line, "look", false);
  });
  return line;
}

/**
 * Render a file that these pages cannot show: once it is decrypted, it can be saved.
 * @param {FileNote} note
 * @param {() => Promise<string | null>} open
 * @param {AbortSignal} signal
 */
function renderOtherFile(note, open, signal) {
  const line = clone("entry-other-file");
  fill(line, { name: note.name });
  onTap(line, "fetch", signal, async () => {
    const url = await open();
    if (!url) return;
    const save = /** @type {HTMLAnchorElement} */ (part(line, "save"));
    save.href = url;
    save.download = note.name || "file";
    save.hidden = false;
    setVisible(line, "fetch", false);
    save.focus();
  });
  return line;
}

/**
 * Show a file when its button is tapped, or say why it cannot be shown.
 * @param {HTMLElement} line
 * @param {string} name of the button
 * @param {AbortSignal} signal
 * @param {() => Promise<void>} show
 */
function onTap(line, name, signal, show) {
  on(line, name, "click", () =>
    show().catch((error) => {
      if (signal.aborted) return;
      showToast("error" in error ? errorMessage(error) : t("trouble-cannot-open"));
    }),
  );
}
