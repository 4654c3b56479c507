/** The form under a question, the member's own answer, and the actions on it. */

import { mountVoiceRecorder } from "../entries/voice-recorder-view.js";
import { fill, input, on, onSubmit, part, setVisible } from "../ui/dom.js";
import { removePrefix } from "../ui/form-state.js";
import { t, errorMessage } from "../ui/i18n.js";
import { TextDraft, bindDraft, clearSent } from "../entries/text-draft.js";
import { savePrivately } from "./save-privately.js";
import { showAnswerActions } from "./answer-actions.js";
import { ownAnswer, recordingContent } from "./answer-content.js";
import { renderAnswerPair } from "./answer-pair-view.js";
import { ThreadView } from "./thread-view.js";
import { partnerName } from "../entries/partner-name.js";
import { childController } from "../ui/lifetime.js";

/** @typedef {import("../entries/recorder.js").Recording} Recording */

export class AnswerForm {
  #root;
  #app;
  #question;
  #draft;
  #signal;
  #cards;
  #text;
  #thread;
  #voice;
  #changing = false; // whether the member's own answer is being edited
  #unfolded = false; // whether the partner's early opened answer is unfolded
  #busy = false;
  #before = ""; // the text from which an edit began
  /** @type {number | undefined} the revision of the member's own answer that is shown */
  #knownRev;
  #renderedVersion = "";
  #rendering = Promise.resolve();

  /**
   * @param {HTMLElement} root
   * @param {import("../services.js").Services} app
   * @param {import("../content/questions.js").Question} question
   * @param {TextDraft} draft
   * @param {AbortSignal} signal
   */
  constructor(root, app, question, draft, signal) {
    this.#root = root;
    this.#app = app;
    this.#question = question;
    this.#draft = draft;
    this.#signal = signal;
    this.#cards = childController(signal);
    this.#text = /** @type {HTMLTextAreaElement} */ (part(root, "text"));
    this.#thread = new ThreadView(root, app, question.id, signal);
    /** @type {Recording | null} */
    this.recording = null;
    this.#voice = mountVoiceRecorder(root, this, app.session, signal);
  }

  /**
   * @param {HTMLElement} root
   * @param {import("../services.js").Services} app
   * @param {import("../content/questions.js").Question} question
   * @param {AbortSignal} signal
   */
  static async open(root, app, question, signal) {
    const draft = await TextDraft.named(app.journals, "answer", question.id);
    const answering = new AnswerForm(root, app, question, draft, signal);
    await bindDraft(answering.#text, draft, signal);
    answering.recording ??= draft.recording;
    answering.#voice.hear();
    answering.#wireActions();
    return answering;
  }

  /** @param {Recording | null} recording */
  record(recording) {
    this.recording = recording;
    return this.#draft.record(recording);
  }

  #wireActions() {
    const root = this.#root;
    const { answers } = this.#app;
    const { id } = this.#question;
    onSubmit(root, "form", () => this.#answer());
    on(root, "none", "click", () => this.#submit({ way: "none" }));
    on(root, "same", "click", () => this.#submit({ way: "same" }));
    on(root, "for-me", "click", () => this.#savePrivately());
    on(root, "change", "click", () => void this.#change());
    on(root, "as-it-is", "click", () => this.#perform(async () => this.#dropUnchanged()));
    on(root, "take-back", "click", () => this.#perform(() => answers.withdraw(id)));
    on(root, "erase", "click", () => this.#perform(() => answers.withdraw(id)));
    on(root, "open-alone", "click", () => this.#perform(() => answers.openAlone(id)));
    on(root, "read-theirs", "click", () => {
      this.#unfolded = true;
      void this.render();
    });
  }

  /**
   * Render the state. Renders are serialized, so that an older state is never shown last.
   * @returns {Promise<void>}
   */
  render() {
    const renderNow = () => this.#renderNow();
    this.#rendering = this.#rendering.then(renderNow, renderNow);
    return this.#rendering;
  }

  async #renderNow() {
    const [root, app] = [this.#root, this.#app];
    const linked = app.session.spaces.active !== null;
    const pair = await app.answers.pair(this.#question.id);
    const revealed = pair?.revealed === true;
    const mine = revealed ? null : (pair?.mine ?? null);
    await this.#noticeAnsweredElsewhere(mine?.rev ?? 0);
    const version = JSON.stringify([pair, this.#unfolded, linked && partnerName(app)]);
    if (version !== this.#renderedVersion) {
      // cards are only rebuilt then, so that a recording keeps playing
      this.#renderedVersion = version;
      this.#cards.abort();
      this.#cards = childController(this.#signal);
      await renderAnswerPair(root, app, pair, this.#unfolded, this.#cards.signal);
    }
    showAnswerActions(root, pair, { two: linked, revealed, changing: this.#changing });
    if (revealed) await this.#thread.show(this.#takeUnsentWords());
    else this.#thread.hide();
  }

  /**
   * Answered from another tab while unsaved text stands here: keep the text, and say so.
   * @param {number} rev
   */
  async #noticeAnsweredElsewhere(rev) {
    const elsewhere = !this.#busy && this.#knownRev !== undefined && rev > this.#knownRev;
    this.#knownRev = rev;
    if (!elsewhere || this.#changing || !this.#text.value.trim()) return;
    if (await this.#isDelivered()) return this.#clear();
    this.#changing = true;
    this.#draft.change(this.#text.value);
    this.#showError(t("answered-elsewhere"));
  }

  /** Whether the member's own answer equals the form's text: then its delivery succeeded. */
  async #isDelivered() {
    if (!this.#text.value.trim()) return false;
    const content = await ownAnswer(this.#app.answers, this.#question.id);
    return content?.way === "words" && content.text === this.#text.value;
  }

  /** Return text that was still being typed at the reveal; it moves to the thread. */
  #takeUnsentWords() {
    const words = removePrefix(this.#text.value, this.#before);
    this.#text.value = "";
    if (words) void this.#draft.clear();
    return words;
  }

  /** Remove text from the form that equals the answer. */
  #dropUnchanged() {
    if (this.#text.value === this.#before) this.#text.value = "";
  }

  /**
   * Run an action once; an error is shown, and the form keeps all of its text.
   * @param {() => Promise<boolean | void>} action resolves to true if more is written than was sent
   */
  async #perform(action) {
    if (this.#busy) return;
    this.#busy = true;
    this.#showError("");
    try {
      this.#changing = (await action()) === true;
      if (this.#changing) this.#showError(t("saved-more"));
    } catch (error) {
      await this.#app.answers.load().catch(() => {});
      if (await this.#isDelivered()) {
        this.#changing = false;
        return await this.#clear();
      }
      const code = error instanceof Error && "error" in error ? error.error : "";
      const isSaved = code === "conflict" || code === "revealed"; // and shown above
      if (isSaved) this.#changing = true;
      this.#showError(isSaved ? t(`answer-${code}`) : errorMessage(error));
    } finally {
      this.#busy = false;
      await this.render();
    }
  }

  /** @param {string} trouble */
  #showError(trouble) {
    fill(this.#root, { trouble });
    setVisible(this.#root, "trouble", trouble !== "");
  }

  async #answer() {
    await this.#voice.finish();
    const { recording } = this;
    const text = this.#text.value;
    if (!recording && !text.trim()) return this.#text.focus();
    return this.#submit(recording ? recordingContent(recording, text) : { way: "words", text });
  }

  /** @param {import("./answer-store.js").AnswerContent} content */
  #submit(content) {
    return this.#perform(async () => {
      const { answers } = this.#app;
      const [sent, recording] = [this.#text.value, this.recording];
      await answers.submit(this.#question, content, input(this.#root, "quiet").checked);
      this.#knownRev = (await answers.pair(this.#question.id))?.mine?.rev;
      this.#app.deck.mark(this.#question.id, "seen");
      if (content.way !== "words" && content.way !== "recording") return this.#dropUnchanged();
      if (this.#text.value !== sent || this.recording !== recording) {
        this.#before = sent; // the rest becomes an edit of the answer
        return true;
      }
      return this.#clear();
    });
  }

  async #savePrivately() {
    await this.#voice.finish();
    if (!this.recording && !this.#text.value.trim()) return this.#text.focus();
    return this.#perform(async () => {
      const [sent, recording] = [this.#text.value, this.recording];
      await savePrivately(this.#app, this.#question, sent, recording);
      this.#app.deck.mark(this.#question.id, "seen");
      await clearSent(this.#text, this.#draft, sent);
      if (recording && this.recording === recording) part(this.#root, "not-this").click();
    });
  }

  async #clear() {
    this.#text.value = "";
    await this.#draft.clear();
    if (this.recording) part(this.#root, "not-this").click();
  }

  /** Start editing the member's own answer, from its current text. */
  async #change() {
    const pair = await this.#app.answers.pair(this.#question.id);
    if (!pair?.mine) return;
    this.#before = String((await ownAnswer(this.#app.answers, this.#question.id))?.text ?? "");
    this.#text.value ||= this.#before;
    input(this.#root, "quiet").checked = pair.mine.quiet === true;
    this.#changing = true;
    await this.render();
    this.#text.focus();
  }
}
