/** Reading aloud: the choice of voice, and the effects of a pause, a stop and another text. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Reader, voiceFor } from "../../static/js/guide/reader.js";

/**
 * @param {string} lang
 * @param {object} more
 */
const voice = (lang, more = {}) =>
  /** @type {SpeechSynthesisVoice} */ (
    /** @type {unknown} */ ({ lang, localService: true, default: false, ...more })
  );

/** A fake engine that speaks until it is told that the text has ended. */
class Engine {
  /** @type {SpeechSynthesisUtterance[]} */
  spoken = [];
  cancelled = 0;

  /** @param {SpeechSynthesisUtterance} utterance */
  speak(utterance) {
    this.spoken.push(utterance);
  }

  cancel() {
    this.cancelled += 1;
  }

  end(at = this.spoken.length - 1) {
    const event = /** @type {SpeechSynthesisEvent} */ ({});
    const utterance = /** @type {SpeechSynthesisUtterance} */ (this.spoken[at]);
    utterance.onend?.(event);
  }

  get texts() {
    return this.spoken.map((one) => one.text);
  }
}

function reading() {
  const engine = new Engine();
  /** @type {string[]} */
  const states = [];
  const reader = new Reader(
    /** @type {SpeechSynthesis} */ (/** @type {unknown} */ (engine)),
    (text) => /** @type {SpeechSynthesisUtterance} */ (/** @type {unknown} */ ({ text })),
    (state) => states.push(state),
  );
  return { engine, reader, states };
}

test("a voice is of the page's language and of the device, and nothing goes to its maker", () => {
  const voices = [
    voice("es-ES", { localService: false, default: true }),
    voice("en-GB"),
    voice("es_AR"),
    voice("es-MX"),
  ];
  assert.equal(voiceFor(voices, "es", "es-MX")?.lang, "es-MX");
  assert.equal(voiceFor(voices, "es", "en-US")?.lang, "es_AR");
  assert.equal(voiceFor(voices, "en", "es-MX")?.lang, "en-GB");
  assert.equal(voiceFor(voices.slice(0, 2), "es", "es-ES"), undefined);
  assert.equal(voiceFor([voice("est-EE")], "es", "es-ES"), undefined);
});

test("texts are read one after another, and then it is quiet", () => {
  const { engine, reader, states } = reading();
  reader.read(["one", "two"]);
  engine.end();
  engine.end();
  assert.deepEqual(engine.texts, ["one", "two"]);
  assert.deepEqual(states, ["reading", "idle"]);
});

test("after a pause the same text begins again, and the old one's end is not counted", () => {
  const { engine, reader } = reading();
  reader.read(["one", "two"]);
  engine.end();
  reader.pause();
  engine.end(1); // an engine also reports the end of a cancelled utterance
  assert.equal(reader.state, "paused");
  assert.deepEqual(engine.texts, ["one", "two"]);
  reader.goOn();
  engine.end(1);
  assert.deepEqual(engine.texts, ["one", "two", "two"]);
});

test("another text takes the first one's place, and a stop is silence", () => {
  const { engine, reader, states } = reading();
  reader.read(["one", "two"]);
  reader.read(["three"]);
  engine.end(0);
  assert.deepEqual(engine.texts, ["one", "three"]);
  reader.stop();
  reader.stop();
  engine.end();
  assert.deepEqual(engine.texts, ["one", "three"]);
  assert.deepEqual(states, ["reading", "reading", "idle"]);
  assert.equal(engine.cancelled, 3);
});
