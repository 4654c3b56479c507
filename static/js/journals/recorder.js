/** Speaking instead of writing: up to five minutes from the microphone, in memory only. */

export const MOST_SECONDS = 300;
const BITS_A_SECOND = 24_000; // speech, clear enough; five minutes stay under a megabyte
const PIECE_MS = 250;
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

/** @typedef {{ bytes: Uint8Array, mime: string, seconds: number }} Recording */

export class Recorder {
  /**
   * @param {() => void} [onFull] called when five minutes are over
   * @param {() => void} [onHearing] called when the first sound has come
   */
  constructor(onFull = () => {}, onHearing = () => {}) {
    this.onFull = onFull;
    this.onHearing = onHearing;
    /** @type {MediaRecorder | null} */
    this.recorder = null;
    /** @type {Blob[]} */
    this.pieces = [];
    this.began = 0;
    this.timer = 0;
  }

  static get possible() {
    if (!("MediaRecorder" in window && navigator.mediaDevices?.getUserMedia)) return false;
    return format() !== undefined; // WebKitGTK may have a recorder that can write nothing
  }

  get running() {
    return this.recorder?.state === "recording";
  }

  /** Begin; rejects when the microphone is not allowed or there is none. */
  async start() {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const mimeType = format();
    this.recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_A_SECOND });
    this.pieces = [];
    this.recorder.ondataavailable = ({ data }) => {
      if (!data.size) return;
      this.pieces.push(data);
      if (this.pieces.length === 1) this.onHearing();
    };
    this.recorder.start(PIECE_MS);
    this.began = performance.now();
    this.timer = window.setTimeout(() => this.onFull(), MOST_SECONDS * 1000);
  }

  /** Whether sound has come; before that there is nothing to keep. */
  get hears() {
    return this.running && this.pieces.length > 0;
  }

  /** End, and return what was said, if any sound had come. @returns {Promise<Recording | null>} */
  async stop() {
    const recorder = this.recorder;
    if (!recorder) throw new Error("nothing is being recorded");
    clearTimeout(this.timer);
    const ended = new Promise((resolve) => (recorder.onstop = resolve));
    if (recorder.state !== "inactive") recorder.stop();
    await ended;
    for (const track of recorder.stream.getTracks()) track.stop();
    this.recorder = null;
    const mime = (recorder.mimeType || "audio/webm").split(";")[0] ?? "audio/webm";
    const bytes = new Uint8Array(await new Blob(this.pieces).arrayBuffer());
    this.pieces = [];
    if (!bytes.length) return null;
    return { bytes, mime, seconds: Math.round((performance.now() - this.began) / 1000) };
  }

  /** End and keep nothing. */
  cancel() {
    if (this.recorder) void this.stop().catch(() => {});
  }
}

/** What this browser can record, of what others play. @returns {string | undefined} */
function format() {
  return TYPES.find((type) => MediaRecorder.isTypeSupported(type));
}
