/**
 * Voice recording of up to five minutes, in memory only. However a recording ends (asked for, full,
 * or because the device took the microphone away), the sound until then is delivered in one way,
 * `onEnd`.
 */

export const MAX_RECORDING_SECONDS = 300;
const BITS_A_SECOND = 24_000; // clear enough for speech; five minutes stay under a megabyte
const PIECE_MS = 250;
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

/**
 * @typedef {{ bytes: Uint8Array, mime: string, seconds: number }} Recording
 * @typedef {"asked" | "full" | "interrupted"} Why
 */

export class Recorder {
  #onChange;
  #onEnd;
  /** @type {MediaRecorder | null} */
  #recorder = null;
  /** @type {Blob[]} */
  #chunks = [];
  #startedAt = 0;
  /** @type {Why} */
  #why = "interrupted";
  #ended = Promise.resolve();

  /**
   * @param {() => void} onSound called with each chunk of sound, and when the microphone is
   *   muted or unmuted
   * @param {(recording: Recording | null, why: Why) => void | Promise<void>} onEnd null if no
   *   sound had come
   */
  constructor(onSound, onEnd) {
    this.#onChange = onSound;
    this.#onEnd = onEnd;
    this.muted = false;
  }

  static get isSupported() {
    if (!("MediaRecorder" in window && navigator.mediaDevices?.getUserMedia)) return false;
    return supportedType() !== undefined; // WebKitGTK may have a recorder that supports no format
  }

  get running() {
    return this.#recorder?.state === "recording";
  }

  /** Whether sound is arriving; before that there is nothing to save. */
  get isHearing() {
    return this.running && this.#chunks.length > 0 && !this.muted;
  }

  /** Start; rejects if the microphone is not allowed or there is none. */
  async start() {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const mimeType = supportedType();
    const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_A_SECOND });
    const stop = () => recorder.state === "inactive" || recorder.stop();
    for (const track of stream.getTracks()) {
      track.onended = stop; // a call, or a headset that was unplugged
      track.onmute = track.onunmute = () => {
        this.muted = track.muted;
        this.#onChange();
      };
    }
    recorder.onerror = stop;
    recorder.ondataavailable = ({ data }) => {
      if (data.size) this.#chunks.push(data);
      this.#onChange();
    };
    const full = window.setTimeout(() => void this.stop("full"), MAX_RECORDING_SECONDS * 1000);
    this.#ended = new Promise((/** @type {(value: void) => void} */ resolve) => {
      recorder.onstop = async () => {
        clearTimeout(full);
        for (const track of stream.getTracks()) track.stop();
        await this.#onEnd(await this.soFar(), this.#why);
        resolve();
      };
    });
    this.#recorder = recorder;
    this.#chunks = [];
    this.muted = false;
    this.#why = "interrupted"; // unless the end is requested
    this.#startedAt = performance.now();
    recorder.start(PIECE_MS);
  }

  /**
   * Return the recording so far, in a form that can be played.
   * @returns {Promise<Recording | null>}
   */
  async soFar() {
    const seconds = Math.round((performance.now() - this.#startedAt) / 1000);
    const mime = (this.#recorder?.mimeType || "audio/webm").split(";")[0] ?? "audio/webm";
    const bytes = new Uint8Array(await new Blob(this.#chunks).arrayBuffer());
    return bytes.length ? { bytes, mime, seconds: Math.min(seconds, MAX_RECORDING_SECONDS) } : null;
  }

  /**
   * Stop; resolves when `onEnd` has finished.
   * @param {Why} [reason]
   * @returns {Promise<void>}
   */
  stop(reason = "asked") {
    if (this.running) {
      this.#why = reason;
      this.#recorder?.stop();
    }
    return this.#ended;
  }
}

/**
 * Return a format that this browser can record and others can play.
 * @returns {string | undefined}
 */
function supportedType() {
  return TYPES.find((type) => MediaRecorder.isTypeSupported(type));
}
