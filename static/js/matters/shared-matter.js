/**
 * A matter that both members answer. The member's own answer is sealed, and the partner's is not
 * mentioned until both exist; then the two are shown together. Their order is not shown either.
 */

import { matterTopic } from "../content/matters.js";
import { partnerName } from "../entries/partner-name.js";
import { clearSent } from "../entries/text-draft.js";
import { answerCard } from "../talk/answer-card-panel.js";
import { fill, on, onSubmit, part, setVisible } from "../ui/dom.js";
import { errorMessage, t } from "../ui/i18n.js";
import { checkChoice, chosen, focusChoices } from "./choice-field.js";

/** @typedef {import("../net/types.js").WirePair} WirePair */

export class SharedMatter {
  #root;
  #app;
  #matter;
  #draft;
  #signal;
  #topic;
  #words;
  #changing = false; // whether the member's own answer is being edited
  #busy = false;
  #shown = "";
  #rendering = Promise.resolve();

  /**
   * @param {HTMLElement} root
   * @param {import("./private-matter.js").MatterParts} parts
   */
  constructor(root, { app, list, matter, draft, back, signal }) {
    this.#root = root;
    this.#app = app;
    this.#matter = matter;
    this.#draft = draft;
    this.#signal = signal;
    this.#topic = matterTopic(matter.id);
    this.#words = /** @type {HTMLTextAreaElement} */ (part(root, "words"));
    const { answers, router } = app;
    onSubmit(root, "form", () => this.#give());
    on(root, "change", "click", () => this.#perform(() => this.#change()));
    on(root, "as-it-is", "click", () => this.#perform(() => this.#leaveAsItIs()));
    for (const name of ["take-back", "erase"]) {
      on(root, name, "click", () => this.#perform(() => answers.withdraw(this.#topic)));
    }
    on(root, "again", "click", () =>
      this.#perform(async () => {
        const id = await list.add(matter.text);
        await router.navigateIfCurrent(root, `space/talk/matter/${id}`);
      }),
    );
    on(root, "remove", "click", () =>
      this.#perform(async () => {
        await list.remove(matter.id);
        await router.navigateIfCurrent(root, back, { replace: true });
      }),
    );
  }

  /** Render the state. Renders are serialized, so that an older state is never shown last. */
  render() {
    const renderNow = () => this.#renderNow();
    this.#rendering = this.#rendering.then(renderNow, renderNow);
    return this.#rendering;
  }

  async #renderNow() {
    const root = this.#root;
    const pair = await this.#app.answers.pair(this.#topic);
    const revealed = pair?.revealed === true;
    const mine = pair?.mine ?? null;
    const settled = revealed || (mine !== null && !this.#changing);
    const version = JSON.stringify([revealed, mine, revealed && pair?.theirs]);
    if (version !== this.#shown) {
      this.#shown = version;
      part(root, "answers").replaceChildren(...(await this.#cards(pair, revealed)));
    }
    // Text that was being typed when the answers were revealed stays visible.
    setVisible(root, "form", !settled || (revealed && this.#words.value.trim() !== ""));
    for (const name of ["choices", "together", "give"]) setVisible(root, name, !revealed);
    setVisible(root, "as-it-is", this.#changing && !revealed);
    setVisible(root, "mine-actions", settled && !revealed);
    setVisible(root, "again", revealed);
    setVisible(root, "erase", revealed && mine !== null);
    setVisible(root, "remove", this.#matter.added);
  }

  /**
   * @param {WirePair | null} pair
   * @param {boolean} revealed
   */
  async #cards(pair, revealed) {
    const { answers } = this.#app;
    const cards = [];
    if (pair?.mine) {
      const head = t(revealed ? "answer-yours" : "answer-sealed");
      cards.push(answerCard(head, await answers.decrypt(pair, pair.mine), this.#signal));
    }
    if (pair && revealed && pair.theirs) {
      const head = t("answer-theirs", { name: partnerName(this.#app) });
      cards.push(answerCard(head, await answers.decrypt(pair, pair.theirs), this.#signal));
    }
    return cards;
  }

  #give() {
    const choice = chosen(this.#root);
    if (!choice) {
      focusChoices(this.#root);
      return Promise.resolve();
    }
    return this.#perform(async () => {
      const sent = this.#words.value;
      const text = sent.trim();
      const content = { type: /** @type {const} */ ("choice"), choice, ...(text && { text }) };
      // Always quiet: an answer is announced to nobody before both members have answered.
      await this.#app.answers.submit({ id: this.#topic, text: this.#matter.text }, content, true);
      this.#changing = false;
      await clearSent(this.#words, this.#draft, sent);
    });
  }

  /** Start editing the member's own answer, from its current text. */
  async #change() {
    const pair = await this.#app.answers.pair(this.#topic);
    const content = pair?.mine && (await this.#app.answers.decrypt(pair, pair.mine)).said;
    checkChoice(this.#root, String(content?.choice ?? ""));
    this.#words.value ||= String(content?.text ?? "");
    this.#changing = true;
  }

  /** Stop editing; text that equals the answer is removed from the form. */
  async #leaveAsItIs() {
    this.#changing = false;
    this.#words.value = "";
    await this.#draft.clear();
  }

  /**
   * Run an action once; an error is shown, and the form keeps all of its text.
   * @param {() => Promise<void>} action
   */
  async #perform(action) {
    if (this.#busy) return;
    this.#busy = true;
    this.#showError("");
    try {
      await action();
    } catch (error) {
      const code = error instanceof Error && "error" in error ? error.error : "";
      const known = code === "conflict" || code === "revealed";
      if (known) await this.#app.answers.load().catch(() => {});
      this.#showError(known ? t(`answer-${code}`) : errorMessage(error));
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
}
