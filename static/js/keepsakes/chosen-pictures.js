/**
 * The chosen photos: each as it will be saved, with a field for its caption and a button to remove
 * it.
 */

import { clone, fill, input, on, part, setVisible } from "../ui/dom.js";
import { t, errorMessage } from "../ui/i18n.js";
import { makePicture } from "../entries/make-picture.js";
import { childController, objectUrl } from "../ui/lifetime.js";

/** @typedef {import("../entries/make-picture.js").Picture} Picture */
/** @typedef {{ picture: Picture, root: HTMLElement }} Chosen */

export class ChosenPictures {
  #root;
  #signal;
  #before;
  #changed;

  /**
   * @param {HTMLElement} root
   * @param {string[]} captions captions of an earlier draft, in the order of the photos
   * @param {(captions: string[]) => void} changed
   * @param {AbortSignal} signal
   */
  constructor(root, captions, changed, signal) {
    this.#root = root;
    this.#signal = signal;
    this.#before = captions;
    this.#changed = changed;
    /** @type {Chosen[]} */
    this.all = [];
    this.busy = false;
    on(root, "file", "change", () => void this.#addFiles());
    this.#render();
  }

  /** @returns {string[]} */
  get captions() {
    return this.all.map(({ root }) => caption(root).value);
  }

  /**
   * Convert each file into a picture, one after the other; files that are not pictures are reported
   * and skipped.
   */
  async #addFiles() {
    const file = input(this.#root, "file");
    const files = [...(file.files ?? [])];
    file.value = ""; // so that the same file can be chosen again
    setVisible(this.#root, "picture-trouble", false);
    const wrong = new Set();
    this.busy = true;
    this.#render();
    for (const file of files) {
      try {
        this.#add(await makePicture(file));
      } catch (error) {
        wrong.add(errorMessage(error));
      }
    }
    this.busy = false;
    this.#render();
    fill(this.#root, { "picture-trouble": [...wrong].join(" ") });
    setVisible(this.#root, "picture-trouble", wrong.size > 0);
  }

  /** @param {Picture} picture */
  #add(picture) {
    const root = clone("keepsake-chosen");
    const bytes = /** @type {BlobPart} */ (picture.whole.bytes);
    const shown = childController(this.#signal);
    const image = /** @type {HTMLImageElement} */ (part(root, "picture"));
    image.src = objectUrl(new Blob([bytes], { type: "image/jpeg" }), shown.signal);
    image.style.setProperty("--ratio", String(picture.whole.width / picture.whole.height));
    caption(root).value = this.#before[this.all.length] ?? "";
    const added = { picture, root };
    on(root, "caption", "input", () => this.notifyChange());
    on(root, "away", "click", () => {
      shown.abort();
      root.remove();
      this.all = this.all.filter((other) => other !== added);
      this.#before = [];
      this.notifyChange();
      this.#render();
      part(this.#root, "file").focus();
    });
    this.all.push(added);
    part(this.#root, "pictures").append(root);
    if (this.all.length >= this.#before.length) this.notifyChange();
  }

  notifyChange() {
    this.#changed(this.captions);
  }

  #render() {
    const wordsWait = this.all.length === 0 && this.#before.some(Boolean);
    fill(this.#root, {
      choose: t(this.all.length ? "keepsake-choose-more" : "keepsake-choose"),
      preparing: this.busy ? t("keepsake-preparing") : wordsWait ? t("keepsake-words-wait") : "",
    });
  }
}

/** @param {HTMLElement} root */
function caption(root) {
  return /** @type {HTMLTextAreaElement} */ (part(root, "caption"));
}
