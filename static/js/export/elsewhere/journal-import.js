/**
 * Imports another journal into the individual one, as an archive is. Pictures are drawn anew, so
 * that nothing but their pixels is kept; a recording that can be played here stays one; any other
 * file is kept as it is. Runs without a DOM.
 */

import { fileNotes } from "../file-refs.js";
import { ArchiveImport } from "../archive-import.js";
import { JournalArchive, SMALL } from "./journal-archive.js";

const PICTURE = /\.(jpe?g|png|gif|webp|hei[cf]|avif)$/i;
const SOUND = /\.(m4a|mp3|mp4|ogg|oga|opus|webm|aac|wav)$/i;

/**
 * @typedef {import("../../replica/attachments.js").FileNote} FileNote
 * @typedef {import("../../entries/make-picture.js").Picture} Picture
 * @typedef {import("../../entries/recorder.js").Recording} Recording
 * @typedef {{ makePicture: (file: File) => Promise<Picture>,
 *   readSound: (file: File) => Promise<Recording> }} Converters
 */

export class JournalImport extends ArchiveImport {
  #archive;
  #converters;

  /**
   * @param {import("../../services.js").Services} app
   * @param {JournalArchive} archive
   * @param {Converters} converters
   * @param {import("../archive-import.js").OnProgress} onProgress
   * @param {AbortSignal} signal
   */
  constructor(app, archive, converters, onProgress, signal) {
    super(app, archive, onProgress, signal);
    this.#archive = archive;
    this.#converters = converters;
    /**
     * Names of files that are too large to be kept here.
     * @type {string[]}
     */
    this.tooLarge = [];
  }

  /**
   * @param {string} id
   * @param {any} doc
   * @returns {Promise<Map<string, FileNote | null>>}
   * @override
   */
  async files(id, doc) {
    /** @type {Map<string, FileNote | null>} */
    const notes = new Map();
    for (const { id: path, name } of fileNotes(doc)) {
      if (path.endsWith(SMALL)) continue;
      this.signal.throwIfAborted();
      const file = await this.#archive.file(path);
      const [whole = null, small = null] = file ? await this.#keep(id, file, name) : [];
      notes.set(path, whole);
      notes.set(path + SMALL, small);
    }
    return notes;
  }

  /**
   * Seal a file in the best form that it can have here.
   * @param {string} entry
   * @param {File} file
   * @param {string} name
   * @returns {Promise<FileNote[]>} a picture as a whole and a small one; none if it is too large
   */
  async #keep(entry, file, name) {
    const picture = PICTURE.test(name) && (await orNull(this.#converters.makePicture(file)));
    if (picture) {
      const { whole, small } = picture;
      const about = (/** @type {typeof whole} */ { width, height }) => ({
        mime: "image/jpeg",
        name: "",
        width,
        height,
      });
      return [
        await this.#seal(entry, whole.bytes, about(whole)),
        await this.#seal(entry, small.bytes, { ...about(small), small: true }),
      ];
    }
    const sound = SOUND.test(name) && (await orNull(this.#converters.readSound(file)));
    if (sound) {
      const { bytes, mime, seconds } = sound;
      return [await this.#seal(entry, bytes, { mime, name: "", seconds })];
    }
    if (!JournalArchive.fits(file)) {
      this.tooLarge.push(name);
      return [];
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    return [await this.#seal(entry, bytes, { mime: "application/octet-stream", name })];
  }

  /**
   * @param {string} entry
   * @param {Uint8Array} bytes
   * @param {Omit<FileNote, "id" | "sha256">} about
   */
  #seal(entry, bytes, about) {
    return this.file(entry, { id: "", sha256: "", ...about }, bytes);
  }
}

/**
 * Return what a file was made into, or null if it is not what its name says; a page that could not
 * load its worker is an error, because the file would otherwise be kept in a lesser form.
 * @template T
 * @param {Promise<T>} work
 * @returns {Promise<T | null>}
 */
async function orNull(work) {
  try {
    return await work;
  } catch (error) {
    const code = error instanceof Error && "error" in error ? String(error.error) : "";
    if (/^(picture|sound)-/.test(code)) return null;
    throw error;
  }
}
