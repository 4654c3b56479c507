/** One whole keepsake: picture, recording, words. A private one stays folded until it is tapped. */

import { EntryCard } from "../entries/entry-card.js";
import { importedAuthor } from "../entries/imported-author.js";
import { openFile } from "../replica/attachments.js";
import { tNames } from "../naming/t-names.js";
import { fill, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";
import { formatDay } from "../ui/format-date.js";
import { objectUrl } from "../ui/lifetime.js";

/** @typedef {import("../replica/attachments.js").FileNote} FileNote */

export class KeepsakeCard extends EntryCard {
  #keepsakes;
  #copying = false;

  /**
   * @param {import("../services.js").Services} app
   * @param {import("./keepsakes.js").Keepsakes} keepsakes
   * @param {import("../replica/entries-by-type.js").OpenedEntry} entry
   * @param {AbortSignal} signal
   */
  constructor(app, keepsakes, entry, signal) {
    super(app, entry, signal, entry.shared ? "keepsake-ours" : "keepsake-mine");
    this.#keepsakes = keepsakes;
  }

  /** @override */
  get editPath() {
    return `space/keepsakes/change/${this.entry.id}`;
  }

  /** @override A keepsake is never time-locked. */
  wireOpenEarly() {}

  /** @override */
  showTimeLock() {}

  /** @override */
  renderBody() {
    const { root, entry } = this;
    const doc = this.expanded ? entry.doc : null;
    const imagined = doc?.kind === "imagined";
    const whom = doc?.for ?? [];
    fill(root, {
      date: entry.doc ? formatDay(entry.doc.at) : "",
      whose:
        imagined || whom.length ? tNames(imagined ? "imagined-with" : "keepsake-of", whom) : "",
      title: String(doc?.title ?? ""),
      text: String(doc?.text ?? ""),
    });
    setVisible(root, "body", this.expanded);
    fill(root, { from: doc?.from ? importedAuthor(doc.from) : "" });
    const files = /** @type {FileNote[]} */ (doc?.files ?? []);
    const sounds = files.filter(({ mime }) => !mime.startsWith("image/"));
    part(root, "files").replaceChildren(...sounds.map((note) => this.renderFile(note)));
    void this.#picture(part(root, "picture"), files);
  }

  /**
   * Show the thumbnail at once, then the full picture.
   * @param {HTMLElement} container
   * @param {FileNote[]} files
   */
  async #picture(container, files) {
    const pictures = files.filter(({ mime }) => mime === "image/jpeg");
    pictures.sort((a, b) => Number(b.small ?? false) - Number(a.small ?? false));
    const image = /** @type {HTMLImageElement} */ (container);
    const { signal } = this.body;
    if (!pictures.length) image.hidden = true;
    for (const note of pictures) {
      try {
        await this.#showPicture(image, note, signal);
      } catch (error) {
        if (signal.aborted) return;
        const message =
          error instanceof Error && "error" in error
            ? errorMessage(error)
            : t("trouble-cannot-open");
        fill(this.root, { trouble: message });
        setVisible(this.root, "trouble", true);
      }
    }
  }

  /**
   * @param {HTMLImageElement} image
   * @param {FileNote} note
   * @param {AbortSignal} signal ends the request and the picture's URL
   */
  async #showPicture(image, note, signal) {
    if (!this.journal) return;
    const blob = await openFile(this.journal, this.entry, note, signal);
    if (blob.type !== "image/jpeg") throw new Error("no picture of ours");
    image.style.setProperty("--ratio", String(Number(note.width) / Number(note.height) || 1));
    image.src = objectUrl(blob, signal);
    image.hidden = false;
  }

  /**
   * @override
   * @param {"delete-box" | "share-box" | "early-box"} box
   */
  askToConfirm(box) {
    super.askToConfirm(box);
    if (box !== "share-box") return;
    const { title = "", files = [] } = /** @type {Record<string, any>} */ (this.entry.doc ?? {});
    fill(this.root, { "share-title": String(title) });
    const small = /** @type {FileNote[]} */ (files).filter((note) => note.small);
    void this.#picture(part(this.root, "share-picture"), small);
    setVisible(
      this.root,
      "share-voice",
      files.some((/** @type {FileNote} */ { mime }) => mime.startsWith("audio/")),
    );
  }

  /** @override */
  async shareCopy() {
    const { entry } = this;
    if (!entry.doc || this.#copying) return;
    this.#copying = true;
    try {
      await this.#keepsakes.share({ ...entry, doc: entry.doc });
      setVisible(this.root, "share-box", false);
      showToast(t("shared-soon"));
    } catch (error) {
      showToast(errorMessage(error));
    }
    this.#copying = false;
  }
}
