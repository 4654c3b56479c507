/** The quiet thread below two open answers: lines of each, live, and one field. */

import { b64, randomBytes } from "../crypto/bytes.js";
import { EVENTS } from "../net/events.js";
import { clone, fill, on, onSubmit, part, show } from "../ui/dom.js";
import { say, sayError } from "../ui/sentences.js";
import { AnswerDraft, keepsDraft, takeSent } from "./answer-draft.js";
import { nameOfOther } from "./pair.js";
import { Thread } from "./thread.js";

export class ThreadView {
  /** @param {HTMLElement} root @param {import("../app.js").App} app @param {string} question */
  constructor(root, app, question) {
    this.root = root;
    this.app = app;
    this.question = question;
    this.field = /** @type {HTMLTextAreaElement} */ (part(root, "line"));
    /** @type {Promise<Thread> | null} */
    this.beginning = null;
    /** @type {Thread | null} */
    this.thread = null;
    this.next = b64(randomBytes(16)); // the line in the field: sent twice it is still one
    this.drawn = "";
    this.stop = () => {};
    onSubmit(root, "thread-form", () => this.add());
  }

  /** Show it; `words` were being written elsewhere and go on in the field. @param {string} words */
  async show(words) {
    if (!this.thread) {
      this.beginning ??= this.begin().finally(() => (this.beginning = null));
      await this.beginning.catch((error) => this.trouble(error));
    }
    if (words) {
      this.field.value = [this.field.value, words].filter(Boolean).join("\n\n");
      this.field.dispatchEvent(new Event("input"));
    }
    show(this.root, "thread", true);
    this.draw();
  }

  async begin() {
    const { app, question } = this;
    const journal = app.journals.shared;
    if (!journal) throw new Error("nobody to talk with");
    this.draft = await AnswerDraft.of(app.journals, "thread", question);
    await keepsDraft(this.field, this.draft);
    const thread = await Thread.of(journal, question);
    if (!this.root.isConnected) return thread;
    this.thread = thread;
    const calm = app.rest.calmly(
      () =>
        void thread.load().then(
          () => this.draw(),
          () => {},
        ),
    );
    const stopListening = app.live.listen(EVENTS.journalChanged, calm.heard);
    app.live.addEventListener("ask", calm.heard);
    this.stop = () => {
      calm.stop();
      stopListening();
      app.live.removeEventListener("ask", calm.heard);
    };
    return thread;
  }

  hide() {
    this.stop();
    this.stop = () => {};
    this.thread = null;
    show(this.root, "thread", false);
  }

  draw() {
    const { root, thread } = this;
    if (!thread) return;
    const version = JSON.stringify([thread.lines, thread.trouble]);
    if (version === this.drawn) return;
    this.drawn = version;
    part(root, "lines").replaceChildren(...thread.lines.map((line) => this.line(line)));
    fill(root, { "thread-trouble": thread.trouble ? say(`trouble-${thread.trouble}`) : "" });
    show(root, "thread-trouble", thread.trouble !== "");
  }

  /** @param {import("./thread.js").Line} line */
  line({ id, mine, text }) {
    const root = clone("thread-line");
    fill(root, { who: mine ? say("you") : nameOfOther(this.app), text });
    show(root, "line-back", mine);
    on(root, "line-back", "click", () => this.attempt((thread) => thread.takeBack(id)));
    return root;
  }

  async add() {
    const text = this.field.value;
    if (!text.trim()) return this.field.focus();
    await this.attempt(async (thread) => {
      await thread.add(text, this.next);
      this.next = b64(randomBytes(16));
      await takeSent(this.field, this.draft, text);
    });
  }

  /** @param {(thread: Thread) => Promise<void>} what */
  async attempt(what) {
    show(this.root, "trouble", false);
    try {
      await what(this.thread ?? (await this.begin()));
      this.draw();
    } catch (error) {
      this.trouble(error);
    }
  }

  /** @param {unknown} error */
  trouble(error) {
    fill(this.root, { trouble: sayError(error) });
    show(this.root, "trouble", true);
  }
}
