/** Recording with one button, and playing the recording before it is saved. */

import { fill, on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t } from "../ui/i18n.js";
import { keepScreenOn } from "./wake-lock.js";
import { Recorder } from "./recorder.js";
import { childController, objectUrl, onAbort } from "../ui/lifetime.js";

/** @typedef {import("./recorder.js").Recording} Recording */

const KEEP_EVERY_MS = 10_000; // at most this much of a recording is not on the device yet

/**
 * Wire the button. The recording is saved to the draft while it goes on, and the rest of it before
 * the screen is left or locked; an existing recording is never replaced by a tap.
 * @param {HTMLElement} root
 * @param {{ recording: Recording | null, record: (recording: Recording | null) => Promise<void> }}
 *    writer
 *   `record` resolves when the draft is saved
 * @param {import("../session/session.js").Session} session
 * @param {AbortSignal} signal
 * @returns {{ hear: () => void, finish: () => Promise<void> }} `hear`: show another recording;
 *   `finish`: end the recording, because it is being saved
 */
export function mountVoiceRecorder(root, writer, session, signal) {
  let playback = childController(signal);
  let message = "";
  let starting = false;
  const sound = /** @type {HTMLAudioElement} */ (part(root, "sound"));

  const render = () => {
    const { running, isHearing, muted } = recorder;
    part(root, "speak").setAttribute("aria-label", t(running ? "speak-stop" : "speak"));
    part(root, "speak").setAttribute("aria-pressed", String(running));
    const now = muted ? t("microphone-silent") : isHearing ? t("listening") : "";
    fill(root, { listening: running ? now : "", "spoken-says": running ? "" : message });
    setVisible(root, "heard", writer.recording !== null && !running);
  };
  const hear = () => {
    playback.abort();
    if (!writer.recording) message = "";
    else if (!signal.aborted && !recorder.running) {
      const { bytes, mime } = writer.recording;
      playback = childController(signal);
      const blob = new Blob([/** @type {BlobPart} */ (bytes)], { type: mime });
      sound.src = objectUrl(blob, playback.signal);
    }
    render();
  };

  const recorder = new Recorder(
    () => {
      window.dispatchEvent(new Event("speaking")); // recording counts as activity
      render();
    },
    async (recording, reason) => {
      stay.release();
      clearInterval(timer);
      if (recording && reason !== "asked")
        message = t(reason === "full" ? "spoken-full" : "spoken-interrupted");
      if (!recording && !signal.aborted) showToast(t("no-sound"));
      if (recording && signal.aborted) showToast(t("spoken-left"));
      const kept = recording && writer.record(recording);
      hear();
      if (recording && message) part(root, "heard").scrollIntoView({ block: "center" });
      await kept;
    },
  );
  const stay = keepScreenOn(() => recorder.running);
  let timer = 0;
  const keep = async () => {
    const recording = recorder.running ? await recorder.soFar() : null;
    if (recording && recorder.running) await writer.record(recording);
  };
  const hidden = () => document.hidden && void keep(); // a phone may end the page without notice
  const start = async () => {
    if (starting) return;
    if (writer.recording) {
      showToast(t("spoken-already", { button: part(root, "not-this").textContent ?? "" }));
      return sound.focus();
    }
    starting = true;
    message = "";
    try {
      await recorder.start();
      timer = window.setInterval(() => void keep(), KEEP_EVERY_MS);
      void stay.hold();
    } catch {
      showToast(t("no-microphone"));
    }
    starting = false;
    if (signal.aborted) await recorder.stop(); // permission was granted after the screen was left
    render();
  };
  const finish = () => recorder.stop();

  setVisible(root, "speak", Recorder.isSupported);
  on(root, "speak", "click", () => (recorder.running ? finish() : start()));
  on(root, "not-this", "click", () => {
    void writer.record(null);
    hear();
  });
  document.addEventListener("visibilitychange", hidden, { signal });
  session.beforeLock.add(finish);
  hear();
  onAbort(signal, () => {
    session.beforeLock.delete(finish);
    void finish();
  });
  return { hear, finish };
}
