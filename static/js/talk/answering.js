/** The form under a question, one's answer as it stands, and what may still be done with it. */

import { b64 } from "../crypto/bytes.js";
import { speaking } from "../journals/speaking.js";
import { fill, input, on, onSubmit, part, show } from "../ui/dom.js";
import { without } from "../ui/sent.js";
import { say, sayError } from "../ui/sentences.js";
import { AnswerDraft, keepsDraft, takeSent } from "./answer-draft.js";
import { keepForMe } from "./for-me.js";
import { drawPair, nameOfOther } from "./pair.js";
import { ThreadView } from "./thread-view.js";

/** @typedef {import("../journals/recorder.js").Recording} Recording */

export class Answering {
  /**
   * @param {HTMLElement} root
   * @param {import("../app.js").App} app
   * @param {import("./questions-data.js").Question} question
   * @param {AnswerDraft} draft
   */
  constructor(root, app, question, draft) {
    this.root = root;
    this.app = app;
    this.question = question;
    this.draft = draft;
    this.text = /** @type {HTMLTextAreaElement} */ (part(root, "text"));
    this.thread = new ThreadView(root, app, question.id);
    /** @type {Recording | null} */
    this.recording = null;
    this.voice = speaking(root, this, app.session);
    this.changing = false; // one's own answer
    this.unfolded = false; // what the other opened alone
    this.busy = false;
    this.before = ""; // the words that a change began from
    /**
     * The revision of one's own answer that is shown; undefined before the first.
     * @type {number | undefined}
     */
    this.known = undefined;
    this.drawn = "";
    this.drawing = Promise.resolve();
  }

  /**
   * @param {HTMLElement} root
   * @param {import("../app.js").App} app
   * @param {import("./questions-data.js").Question} question
   */
  static async begin(root, app, question) {
    const draft = await AnswerDraft.of(app.journals, "answer", question.id);
    const answering = new Answering(root, app, question, draft);
    await keepsDraft(answering.text, draft);
    answering.recording ??= draft.recording;
    answering.voice.hear();
    answering.listen();
    return answering;
  }

  /** @param {Recording | null} recording */
  record(recording) {
    this.recording = recording;
    return this.draft.record(recording);
  }

  listen() {
    const { root, app, question } = this;
    const { answers } = app;
    onSubmit(root, "form", () => this.answer());
    on(root, "none", "click", () => this.give({ way: "none" }));
    on(root, "same", "click", () => this.give({ way: "same" }));
    on(root, "for-me", "click", () => this.forMe());
    on(root, "change", "click", () => void this.change());
    on(root, "as-it-is", "click", () => this.attempt(async () => this.forget()));
    on(root, "take-back", "click", () => this.attempt(() => answers.takeBack(question.id)));
    on(root, "erase", "click", () => this.attempt(() => answers.takeBack(question.id)));
    on(root, "open-alone", "click", () => this.attempt(() => answers.openAlone(question.id)));
    on(root, "read-theirs", "click", () => {
      this.unfolded = true;
      void this.draw();
    });
  }

  /**
   * Show how it stands; one after the other, so that no older state is shown last.
   * @returns {Promise<void>}
   */
  draw() {
    const again = () => this.redraw();
    this.drawing = this.drawing.then(again, again);
    return this.drawing;
  }

  async redraw() {
    const { root, app, question } = this;
    const two = app.session.spaces.active !== null;
    const pair = await app.answers.pair(question.id);
    const revealed = pair?.revealed === true;
    const mine = revealed ? null : (pair?.mine ?? null);
    await this.notice(mine?.rev ?? 0);
    const settled = mine !== null && !this.changing;
    const version = JSON.stringify([pair, this.unfolded, two && nameOfOther(app)]);
    if (version !== this.drawn) {
      this.drawn = version; // cards are made anew only then, so that a recording plays on
      await drawPair(root, app, pair, this.unfolded);
    }
    show(root, "form", !settled && !revealed);
    for (const name of ["both-open", "give", "wordless", "quiet-box"])
      show(root, name, two && !mine?.open);
    show(root, "as-it-is", this.changing && mine !== null);
    show(root, "mine-actions", settled);
    for (const name of ["change", "open-alone"]) show(root, name, !mine?.open);
    show(root, "erase", revealed && pair?.mine != null);
    show(root, "ways", !revealed);
    show(root, "not-this-question", mine === null);
    if (revealed) await this.thread.show(this.takeWords());
    else this.thread.hide();
  }

  /**
   * Given on another page of one's own while words stand here: they stay in sight.
   * @param {number} rev
   */
  async notice(rev) {
    const elsewhere = !this.busy && this.known !== undefined && rev > this.known;
    this.known = rev;
    if (!elsewhere || this.changing || !this.text.value.trim()) return;
    if (await this.arrived()) return this.clear();
    this.changing = true;
    this.draft.change(this.text.value);
    this.say(say("answered-elsewhere"));
  }

  /** Whether one's own answer says just what stands in the form: then it was this one. */
  async arrived() {
    const pair = await this.app.answers.pair(this.question.id);
    if (!pair?.mine || !this.text.value.trim()) return false;
    const { said } = await this.app.answers.open(pair, pair.mine);
    return said?.way === "words" && said.text === this.text.value;
  }

  /** What was still being written when both answers opened goes on below them. */
  takeWords() {
    const words = without(this.text.value, this.before);
    this.text.value = "";
    if (words) void this.draft.drop();
    return words;
  }

  /** Words that one's own answer has already need not stand in the form too. */
  forget() {
    if (this.text.value === this.before) this.text.value = "";
  }

  /**
   * Do something once; what went wrong is said, and the form holds all it held.
   * @param {() => Promise<boolean | void>} what true when more stands in the form than was sent
   */
  async attempt(what) {
    if (this.busy) return;
    this.busy = true;
    this.say("");
    try {
      this.changing = (await what()) === true;
      if (this.changing) this.say(say("saved-more"));
    } catch (error) {
      await this.app.answers.load().catch(() => {});
      if (await this.arrived()) {
        this.changing = false;
        return await this.clear();
      }
      const code = error instanceof Error && "error" in error ? error.error : "";
      if (code === "conflict" || code === "revealed") this.changing = true; // what stands is above
      this.say(
        code === "conflict" || code === "revealed" ? say(`answer-${code}`) : sayError(error),
      );
    } finally {
      this.busy = false;
      await this.draw();
    }
  }

  /** @param {string} trouble */
  say(trouble) {
    fill(this.root, { trouble });
    show(this.root, "trouble", trouble !== "");
  }

  async answer() {
    await this.voice.finish();
    const { recording } = this;
    const text = this.text.value;
    if (!recording && !text.trim()) return this.text.focus();
    if (!recording) return this.give({ way: "words", text });
    const { mime, bytes, seconds } = recording;
    const audio = { mime, data: b64(bytes), seconds };
    return this.give({ way: "recording", audio, ...(text.trim() ? { text } : {}) });
  }

  /** @param {import("./answers.js").Said} said */
  give(said) {
    return this.attempt(async () => {
      const { answers } = this.app;
      const { recording } = this;
      const sent = this.text.value;
      await answers.give(this.question, said, input(this.root, "quiet").checked);
      this.known = (await answers.pair(this.question.id))?.mine?.rev;
      this.app.deck.mark(this.question.id, "seen");
      if (said.way !== "words" && said.way !== "recording") return this.forget();
      if (this.text.value !== sent || this.recording !== recording) {
        this.before = sent; // it goes on as a change of what was given
        return true;
      }
      return this.clear();
    });
  }

  async forMe() {
    await this.voice.finish();
    if (!this.recording && !this.text.value.trim()) return this.text.focus();
    return this.attempt(async () => {
      const { recording } = this;
      const sent = this.text.value;
      await keepForMe(this.app, this.question, sent, recording);
      this.app.deck.mark(this.question.id, "seen");
      await takeSent(this.text, this.draft, sent);
      if (recording && this.recording === recording) part(this.root, "not-this").click();
    });
  }

  async clear() {
    this.text.value = "";
    await this.draft.drop();
    if (this.recording) part(this.root, "not-this").click();
  }

  /** Begin to change one's own answer, from the words it has. */
  async change() {
    const pair = await this.app.answers.pair(this.question.id);
    if (!pair?.mine) return;
    const { said } = await this.app.answers.open(pair, pair.mine);
    this.before = String(said?.text ?? "");
    this.text.value ||= this.before;
    input(this.root, "quiet").checked = pair.mine.quiet === true;
    this.changing = true;
    await this.draw();
    this.text.focus();
  }

  stop() {
    this.voice.end();
    this.thread.hide();
  }
}
