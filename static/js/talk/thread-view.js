/** The thread below two revealed answers: live lines of both members, and one field. */

import { toBase64Url, randomBytes } from "../crypto/bytes.js";
import { EVENTS } from "../net/events.js";
import { clone, fill, on, onSubmit, part, setVisible } from "../ui/dom.js";
import { t, errorMessage } from "../ui/i18n.js";
import { TextDraft, bindDraft, clearSent } from "../entries/text-draft.js";
import { Thread } from "./thread.js";
import { partnerName } from "../entries/partner-name.js";
import { childController, onAbort } from "../ui/lifetime.js";

export class ThreadView {
  #root;
  #app;
  #question;
  #field;
  /** @type {Promise<Thread> | null} */
  #opening = null;
  /** @type {Thread | null} */
  #thread = null;
  #next;
  #renderedVersion = "";
  #signal;
  /** Ends the listeners of the thread when it is hidden. */
  #lifetime;
  /** @type {TextDraft | undefined} */
  #draft;

  /**
   * @param {HTMLElement} root
   * @param {import("../services.js").Services} app
   * @param {string} question
   * @param {AbortSignal} signal
   */
  constructor(root, app, question, signal) {
    this.#root = root;
    this.#app = app;
    this.#question = question;
    this.#field = /** @type {HTMLTextAreaElement} */ (part(root, "line"));
    // the id of the line in the field, so that sending it twice adds one line
    this.#next = toBase64Url(randomBytes(16));
    this.#signal = signal;
    this.#lifetime = childController(signal);
    onSubmit(root, "thread-form", () => this.#add());
  }

  /**
   * Show the thread; `words` move from the answer form to its field.
   * @param {string} words
   */
  async show(words) {
    if (!this.#thread) {
      this.#opening ??= this.#open().finally(() => (this.#opening = null));
      await this.#opening.catch((error) => this.#showError(error));
    }
    if (words) {
      this.#field.value = [this.#field.value, words].filter(Boolean).join("\n\n");
      this.#field.dispatchEvent(new Event("input"));
    }
    setVisible(this.#root, "thread", true);
    this.#render();
  }

  async #open() {
    const app = this.#app;
    const question = this.#question;
    const { signal } = this.#lifetime;
    const journal = app.journals.shared;
    if (!journal) throw new Error("nobody to talk with");
    this.#draft = await TextDraft.named(app.journals, "thread", question);
    await bindDraft(this.#field, this.#draft, signal);
    const thread = await Thread.open(journal, question);
    if (signal.aborted) return thread;
    this.#thread = thread;
    const reload = () =>
      void thread.load().then(
        () => this.#render(),
        () => {},
      );
    const refresh = app.rest.unlessResting(reload, signal);
    onAbort(signal, app.live.listen(EVENTS.journalChanged, refresh));
    app.live.addEventListener("resync", refresh, { signal });
    return thread;
  }

  hide() {
    this.#lifetime.abort();
    this.#lifetime = childController(this.#signal);
    this.#thread = null;
    setVisible(this.#root, "thread", false);
  }

  #render() {
    const root = this.#root;
    const thread = this.#thread;
    if (!thread) return;
    const version = JSON.stringify([thread.lines, thread.trouble]);
    if (version === this.#renderedVersion) return;
    this.#renderedVersion = version;
    part(root, "lines").replaceChildren(...thread.lines.map((line) => this.#renderLine(line)));
    fill(root, { "thread-trouble": thread.trouble ? t(`trouble-${thread.trouble}`) : "" });
    setVisible(root, "thread-trouble", thread.trouble !== "");
  }

  /** @param {import("./thread.js").Line} line */
  #renderLine({ id, mine, text }) {
    const root = clone("thread-line");
    fill(root, { who: mine ? t("you") : partnerName(this.#app), text });
    setVisible(root, "line-back", mine);
    on(root, "line-back", "click", () => this.#perform((thread) => thread.remove(id)));
    return root;
  }

  async #add() {
    const text = this.#field.value;
    if (!text.trim()) return this.#field.focus();
    await this.#perform(async (thread) => {
      await thread.add(text, this.#next);
      this.#next = toBase64Url(randomBytes(16));
      await clearSent(this.#field, this.#draft, text);
    });
  }

  /** @param {(thread: Thread) => Promise<void>} action */
  async #perform(action) {
    setVisible(this.#root, "trouble", false);
    try {
      await action(this.#thread ?? (await this.#open()));
      this.#render();
    } catch (error) {
      this.#showError(error);
    }
  }

  /** @param {unknown} error */
  #showError(error) {
    fill(this.#root, { trouble: errorMessage(error) });
    setVisible(this.#root, "trouble", true);
  }
}
