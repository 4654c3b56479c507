/** Speaking instead of writing: one button, and hearing it before it is kept. */

import { fill, on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say } from "../ui/sentences.js";
import { Recorder } from "./recorder.js";

/** @typedef {import("./recorder.js").Recording} Recording */

/**
 * @param {HTMLElement} root
 * @param {{ recording: Recording | null, record: (recording: Recording | null) => void }} writer
 * @returns {{ hear: () => void, end: () => void }} `hear`: another recording is there
 */
export function speaking(root, writer) {
  let address = "";
  const recorder = new Recorder(() => void stop(), () => draw());
  const sound = /** @type {HTMLAudioElement} */ (part(root, "sound"));
  const draw = () => {
    const key = recorder.running ? "speak-stop" : "speak";
    part(root, "speak").setAttribute("aria-label", say(key));
    part(root, "speak").setAttribute("aria-pressed", String(recorder.running));
    fill(root, { listening: recorder.hears ? say("listening") : "" });
    show(root, "heard", writer.recording !== null);
  };
  const hear = () => {
    URL.revokeObjectURL(address);
    if (writer.recording) {
      const { bytes, mime } = writer.recording;
      address = URL.createObjectURL(new Blob([/** @type {BlobPart} */ (bytes)], { type: mime }));
      sound.src = address;
    }
    draw();
  };
  const stop = async () => {
    const said = await recorder.stop();
    if (said) writer.record(said); // with no sound, what was said before stays
    hear();
  };
  show(root, "speak", Recorder.possible);
  on(root, "speak", "click", async () => {
    if (recorder.running) return stop();
    try {
      await recorder.start();
    } catch {
      notice(say("no-microphone"));
    }
    draw();
  });
  on(root, "not-this", "click", () => {
    writer.record(null);
    hear();
  });
  hear();
  const end = () => {
    recorder.cancel();
    URL.revokeObjectURL(address);
  };
  return { hear, end };
}
