/**
 * One keepsake, whole: the picture, the voice, the words. A private one is folded until it is
 * touched.
 */

import { EntryCard, day } from "../journals/card.js";
import { sayFrom } from "../journals/from.js";
import { openFile } from "../journals/files.js";
import { sayOf } from "../naming/sentences.js";
import { fill, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say, sayError } from "../ui/sentences.js";

/** @typedef {import("../journals/files.js").FileNote} FileNote */

export class KeepsakeCard extends EntryCard {
  /**
   * @param {import("../app.js").App} app
   * @param {import("./keepsakes.js").Keepsakes} keepsakes
   * @param {import("../journals/collection.js").Opened} entry
   */
  constructor(app, keepsakes, entry) {
    super(app, entry, entry.shared ? "keepsake-ours" : "keepsake-mine");
    this.keepsakes = keepsakes;
    /** @type {string[]} */
    this.addresses = [];
    this.copying = false;
  }

  /** @override */
  get changing() {
    return `space/keepsakes/change/${this.entry.id}`;
  }

  /** @override A keepsake is not closed. */
  wireEarly() {}

  /** @override */
  showClosed() {}

  /** @override */
  body() {
    const { root, entry } = this;
    const doc = this.open ? entry.doc : null;
    const imagined = doc?.kind === "imagined";
    const whom = doc?.for ?? [];
    fill(root, {
      date: entry.doc ? day(entry.doc.at) : "",
      whose: imagined || whom.length ? sayOf(imagined ? "imagined-with" : "keepsake-of", whom) : "",
      title: String(doc?.title ?? ""),
      text: String(doc?.text ?? ""),
    });
    show(root, "body", this.open);
    fill(root, { from: doc?.from ? sayFrom(doc.from) : "" });
    const files = /** @type {FileNote[]} */ (doc?.files ?? []);
    const sounds = files.filter(({ mime }) => !mime.startsWith("image/"));
    part(root, "files").replaceChildren(...sounds.map((one) => this.file(one)));
    void this.picture(part(root, "picture"), files);
  }

  /** The small one at once, then the whole. @param {HTMLElement} place @param {FileNote[]} files */
  async picture(place, files) {
    const pictures = files.filter(({ mime }) => mime === "image/jpeg");
    pictures.sort((one, other) => Number(other.small ?? false) - Number(one.small ?? false));
    const image = /** @type {HTMLImageElement} */ (place);
    if (!pictures.length) image.hidden = true;
    for (const note of pictures) {
      try {
        await this.showPicture(image, note);
      } catch (error) {
        const why =
          error instanceof Error && "error" in error ? sayError(error) : say("trouble-cannot-open");
        fill(this.root, { trouble: why });
        show(this.root, "trouble", true);
      }
    }
  }

  /** @param {HTMLImageElement} image @param {FileNote} note */
  async showPicture(image, note) {
    if (!this.journal) return;
    const blob = await openFile(this.journal, this.entry, note);
    if (blob.type !== "image/jpeg") throw new Error("no picture of ours");
    const address = URL.createObjectURL(blob);
    this.addresses.push(address);
    image.style.setProperty("--ratio", String(Number(note.width) / Number(note.height) || 1));
    image.src = address;
    image.hidden = false;
  }

  /** @override @param {"delete-box" | "share-box" | "early-box"} box */
  ask(box) {
    super.ask(box);
    if (box !== "share-box") return;
    const { title = "", files = [] } = /** @type {Record<string, any>} */ (this.entry.doc ?? {});
    fill(this.root, { "share-title": String(title) });
    const small = /** @type {FileNote[]} */ (files).filter((one) => one.small);
    void this.picture(part(this.root, "share-picture"), small);
    show(
      this.root,
      "share-voice",
      files.some((/** @type {FileNote} */ { mime }) => mime.startsWith("audio/")),
    );
  }

  /** @override */
  async copy() {
    const { entry } = this;
    if (!entry.doc || this.copying) return;
    this.copying = true;
    try {
      await this.keepsakes.share({ ...entry, doc: entry.doc });
      show(this.root, "share-box", false);
      notice(say("shared-soon"));
    } catch (error) {
      notice(sayError(error));
    }
    this.copying = false;
  }

  /** Let go of the pictures. */
  close() {
    for (const address of this.addresses) URL.revokeObjectURL(address);
    this.addresses = [];
  }
}
