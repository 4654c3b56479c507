/** Speaking instead of writing: one button, and hearing it before it is saved. */

import { fill, on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t } from "../ui/i18n.js";
import { keepScreenOn } from "./wake-lock.js";
import { Recorder } from "./recorder.js";
import { childController, objectUrl, onAbort } from "../ui/lifetime.js";

/** @typedef {import("./recorder.js").Recording} Recording */

const KEEP_EVERY_MS = 10_000; // so much of what is spoken is not on the device yet, at most

/**
 * Wire the button. What is spoken goes into the draft while one speaks, and the rest of it before
 * the page is left or locked; a recording that is there is never replaced by a tap.
 * @param {HTMLElement} root
 * @param {{ recording: Recording | null, record: (recording: Recording | null) => Promise<void> }}
 *    writer
 *   `record` resolves when the draft is kept
 * @param {import("../session/session.js").Session} session
 * @param {AbortSignal} signal
 * @returns {{ hear: () => void, finish: () => Promise<void> }} `hear`: another recording is there;
 *   `finish`: nothing more is spoken, as it is saved now
 */
export function mountVoiceRecorder(root, writer, session, signal) {
  let playback = childController(signal);
  let says = "";
  let starting = false;
  const sound = /** @type {HTMLAudioElement} */ (part(root, "sound"));

  const draw = () => {
    const { running, isHearing, muted } = recorder;
    part(root, "speak").setAttribute("aria-label", t(running ? "speak-stop" : "speak"));
    part(root, "speak").setAttribute("aria-pressed", String(running));
    const now = muted ? t("microphone-silent") : isHearing ? t("listening") : "";
    fill(root, { listening: running ? now : "", "spoken-says": running ? "" : says });
    setVisible(root, "heard", writer.recording !== null && !running);
  };
  const hear = () => {
    playback.abort();
    if (!writer.recording) says = "";
    else if (!signal.aborted && !recorder.running) {
      const { bytes, mime } = writer.recording;
      playback = childController(signal);
      const blob = new Blob([/** @type {BlobPart} */ (bytes)], { type: mime });
      sound.src = objectUrl(blob, playback.signal);
    }
    draw();
  };

  const recorder = new Recorder(
    () => {
      window.dispatchEvent(new Event("speaking")); // who speaks is not idle
      draw();
    },
    async (said, why) => {
      stay.release();
      clearInterval(timer);
      if (said && why !== "asked") says = t(why === "full" ? "spoken-full" : "spoken-interrupted");
      if (!said && !signal.aborted) showToast(t("no-sound"));
      if (said && signal.aborted) showToast(t("spoken-left"));
      const kept = said && writer.record(said);
      hear();
      if (said && says) part(root, "heard").scrollIntoView({ block: "center" });
      await kept;
    },
  );
  const stay = keepScreenOn(() => recorder.running);
  let timer = 0;
  const keep = async () => {
    const said = recorder.running ? await recorder.soFar() : null;
    if (said && recorder.running) await writer.record(said);
  };
  const hidden = () => document.hidden && void keep(); // a phone may end the page without a word
  const start = async () => {
    if (starting) return;
    if (writer.recording) {
      showToast(t("spoken-already", { button: part(root, "not-this").textContent ?? "" }));
      return sound.focus();
    }
    starting = true;
    says = "";
    try {
      await recorder.start();
      timer = window.setInterval(() => void keep(), KEEP_EVERY_MS);
      void stay.hold();
    } catch {
      showToast(t("no-microphone"));
    }
    starting = false;
    if (signal.aborted) await recorder.stop(); // it was allowed too late
    draw();
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
