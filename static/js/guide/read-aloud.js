/**
 * "Read aloud" on a page of text: a button for each part that is marked `data-read`. The buttons
 * are shown once the device has a voice in the page's language; nothing is read before one is
 * pressed.
 */

import { locale, t } from "../ui/i18n.js";
import { onAbort } from "../ui/lifetime.js";
import { Reader, voiceFor } from "./reader.js";

const READ = "h1, h2, h3, p, li";
const UNREAD = "nav, .unread, button"; // links to other pages, and sources

/**
 * @param {HTMLElement} root
 * @param {AbortSignal} signal ends the reading
 */
export function mountReadAloud(root, signal) {
  const engine = globalThis.speechSynthesis;
  if (!engine) return;
  /** @type {HTMLButtonElement[]} */
  const buttons = [...root.querySelectorAll("button")].filter((button) =>
    button.matches(".read-aloud"),
  );
  /** @type {HTMLButtonElement | undefined} */
  let pressed;

  const reader = new Reader(engine, utter, (state) => {
    for (const button of buttons) {
      button.textContent = t(`read-${button === pressed ? state : "idle"}`);
    }
  });

  const voice = () => voiceFor(engine.getVoices(), locale(), navigator.language);

  /** @param {string} text */
  function utter(text) {
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.voice = voice() ?? null;
    spoken.lang = spoken.voice?.lang ?? locale();
    return spoken;
  }

  /** @param {HTMLButtonElement} button */
  function press(button) {
    if (button === pressed && reader.state === "reading") return reader.pause();
    if (button === pressed && reader.state === "paused") return reader.goOn();
    pressed = button;
    reader.read(textsOf(button));
  }

  const show = () => {
    for (const button of buttons) button.hidden = !voice();
  };
  for (const button of buttons) button.addEventListener("click", () => press(button), { signal });
  engine.addEventListener("voiceschanged", show, { signal }); // voices may be loaded late
  window.addEventListener("pagehide", () => reader.stop(), { signal });
  const folded = () => pressed?.checkVisibility() === false && reader.stop();
  root.addEventListener("toggle", folded, { capture: true, signal }); // `toggle` does not bubble
  show();
  onAbort(signal, () => reader.stop());
}

/**
 * Return the visible texts of the part that contains a button.
 * @param {HTMLElement} button
 * @returns {string[]}
 */
function textsOf(button) {
  const blocks = [...(button.closest("[data-read]")?.querySelectorAll(READ) ?? [])];
  return blocks
    .filter((element) => !element.closest(UNREAD) && element.checkVisibility())
    .map((element) => (element.textContent ?? "").replace(/\s+/g, " ").trim())
    .filter(Boolean);
}
