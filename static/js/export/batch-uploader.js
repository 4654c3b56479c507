/**
 * Uploads sealed entries in batches, and their files one by one. The server limits changes per
 * minute; the uploader waits calmly for that, and for a connection. Runs without a DOM.
 */

import { TooLargeError } from "../crypto/envelope.js";
import { ApiError, NotConnectedError } from "../net/api.js";
import { Backoff } from "../net/backoff.js";

const BUNDLE = 100; // the server's limits for one request, in entries and characters (protocol §16)
const BUNDLE_LETTERS = 3.5 * 1024 * 1024;
const AGAIN_MS = 5000;
const SELDOM_MS = 120_000;

/** @typedef {import("../replica/journal.js").Journal} Journal */
/** @typedef {import("../replica/journal.js").Sealed} Sealed */

export class BatchUploader {
  #journal;
  #api;
  #onProgress;
  #signal;
  /** @type {[string, Record<string, any>][]} */
  #batch = [];

  /**
   * @param {Journal} journal the individual one
   * @param {import("./archive-import.js").OnProgress} onProgress
   * @param {AbortSignal} signal
   */
  constructor(journal, onProgress, signal) {
    this.#journal = journal;
    this.#api = journal.journals.api;
    this.#onProgress = onProgress;
    this.#signal = signal;
    /** Whether something could not be uploaded. */
    this.skipped = false;
  }

  /**
   * Add a first revision to the batch.
   * @param {string} id
   * @param {Record<string, any>} doc
   */
  async add(id, doc) {
    this.#batch.push([id, doc]);
    if (this.#batch.length === BUNDLE) await this.flush();
  }

  /** Seal and upload the batch, in one request or more. */
  async flush() {
    const all = await Promise.all(this.#batch.splice(0).map(([id, doc]) => this.#seal(id, doc)));
    /** @type {Sealed[]} */
    let some = [];
    let letters = 0;
    for (const sealed of all) {
      if (!sealed) continue;
      if (letters + sealed.box.length > BUNDLE_LETTERS) {
        await this.#send(some);
        some = [];
        letters = 0;
      }
      some.push(sealed);
      letters += sealed.box.length;
    }
    if (some.length) await this.#send(some);
  }

  /**
   * @param {string} id
   * @param {Record<string, any>} doc
   * @returns {Promise<Sealed | null>} null if it is too large
   */
  async #seal(id, doc) {
    try {
      return await this.#journal.seal(doc, { id });
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error;
      this.skipped = true;
      return null;
    }
  }

  /** @param {Sealed[]} bundle */
  async #send(bundle) {
    const entries = bundle.map(({ id, rev, box }) => ({ id, rev, box }));
    const response = await this.withRetries(() =>
      this.#api.put(`${this.#journal.path}/entries`, { entries }),
    );
    bundle.forEach((sealed, at) => {
      const { error, sha256 } = response.entries[at] ?? {};
      // It was deleted or uploaded by another device meanwhile: that state stays.
      if (error !== "gone" && error !== "conflict" && sha256 !== sealed.sha256) this.skipped = true;
    });
  }

  /**
   * @param {string} entry
   * @param {{ id: string, box: Uint8Array }} parcel
   */
  async uploadFile(entry, { id, box }) {
    const path = `${this.#journal.path}/entries/${entry}/attachments/${id}`;
    await this.withRetries(() => this.#api.putBox(path, box));
  }

  /**
   * Run a request, and retry it while the server is busy or there is no connection.
   * @template T
   * @param {() => Promise<T>} call
   * @returns {Promise<T>}
   */
  async withRetries(call) {
    const backoff = new Backoff(AGAIN_MS, SELDOM_MS);
    for (;;) {
      this.#signal.throwIfAborted();
      try {
        return await call();
      } catch (error) {
        const offline = error instanceof NotConnectedError;
        if (!offline && !(error instanceof ApiError && [429, 503].includes(error.status)))
          throw error;
        this.#onProgress({ step: offline ? "offline" : "waiting" });
        await this.#wait(backoff.next(offline ? 0 : error.retryAfter * 1000));
      }
    }
  }

  /** @param {number} wait milliseconds */
  #wait(wait) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, wait);
      const stop = () => (clearTimeout(timer), resolve(null));
      this.#signal.addEventListener("abort", stop, { once: true });
    });
  }
}
