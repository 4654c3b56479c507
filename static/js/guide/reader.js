/**
 * Reads texts aloud with the browser's own voice, one after another. Some engines cannot pause in
 * the middle of a text, so pausing stops the text, and resuming starts the same one again.
 */

/** @typedef {"idle" | "reading" | "paused"} ReaderState */

/**
 * Return a local voice for a language. Remote voices are excluded, because with them the browser
 * would send the text, and so what somebody reads here, to its vendor.
 * @param {readonly SpeechSynthesisVoice[]} voices
 * @param {string} language such as "es"
 * @param {string} preferred the device's own locale, such as "es-MX"
 * @returns {SpeechSynthesisVoice | undefined}
 */
export function voiceFor(voices, language, preferred) {
  const tag = (/** @type {SpeechSynthesisVoice} */ { lang }) => lang.replace("_", "-");
  const own = voices.filter(
    (voice) => voice.localService && tag(voice).split("-")[0]?.toLowerCase() === language,
  );
  return (
    own.find((voice) => tag(voice) === preferred) ?? own.find((voice) => voice.default) ?? own[0]
  );
}

export class Reader {
  #engine;
  #utter;
  #changed;
  /** @type {string[]} */
  #texts = [];
  #next = 0;
  #turn = 0; // an engine also reports the end of a cancelled utterance, with a delay

  /**
   * @param {SpeechSynthesis} engine
   * @param {(text: string) => SpeechSynthesisUtterance} utter creates the utterance for the engine
   * @param {(state: ReaderState) => void} changed
   */
  constructor(engine, utter, changed) {
    this.#engine = engine;
    this.#utter = utter;
    this.#changed = changed;
    /** @type {ReaderState} */
    this.state = "idle";
    /**
     * Referenced while it is spoken, because Chromium reports no end of an unreferenced utterance.
     * @type {SpeechSynthesisUtterance | null}
     */
    this.spoken = null;
  }

  /**
   * Read these texts from the beginning.
   * @param {string[]} texts
   */
  read(texts) {
    this.#texts = texts;
    this.#next = 0;
    this.goOn();
  }

  pause() {
    this.#silence("paused");
  }

  goOn() {
    this.#silence("reading");
    this.#speak(this.#turn);
  }

  stop() {
    if (this.state !== "idle") this.#silence("idle");
  }

  /** @param {ReaderState} state */
  #silence(state) {
    this.#turn += 1;
    this.#engine.cancel();
    this.#become(state);
  }

  /** @param {ReaderState} state */
  #become(state) {
    this.state = state;
    this.#changed(state);
  }

  /** @param {number} turn */
  #speak(turn) {
    const text = this.#texts[this.#next];
    if (text === undefined) return this.#become("idle");
    const spoken = (this.spoken = this.#utter(text));
    spoken.onend = () => {
      if (turn !== this.#turn) return;
      this.#next += 1;
      this.#speak(turn);
    };
    spoken.onerror = () => {
      if (turn === this.#turn) this.#become("idle");
    };
    this.#engine.speak(spoken);
  }
}
