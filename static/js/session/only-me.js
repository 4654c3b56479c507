/**
 * A code of one's own before "Only me", on a device that both can open. It keeps out who picks the
 * device up while the rest is open; the keys are in the page all the same, and Safety says so.
 * After five wrong codes the whole place closes, and the words are asked for.
 */

import { b64, equal, randomBytes, unb64 } from "../crypto/bytes.js";
import { keysOf } from "./kdf.js";

const KEY = "only-me";
const TRIES = 5;
export const SHORTEST = 4;

/** @typedef {{ seed: string, check: string, wrong: number }} Code */

export class OnlyMe extends EventTarget {
  /** @param {import("./session.js").Session} session */
  constructor(session) {
    super();
    this.session = session;
    this.opened = false;
    session.addEventListener("state", () => (this.opened = false));
  }

  /** The code of this member on this device. @returns {Code | null} */
  get code() {
    return read()[this.session.me?.id ?? ""] ?? null;
  }

  get closed() {
    return this.code !== null && !this.opened;
  }

  /** Choose a code; "Only me" stays open for now. @param {string} code */
  async choose(code) {
    const seed = randomBytes(16);
    this.opened = true;
    this.keep({ seed: b64(seed), check: await this.check(code, seed), wrong: 0 });
  }

  /** Remove the code. */
  forget() {
    this.keep(null);
  }

  /** @param {string} code @returns {Promise<boolean>} whether it is the one */
  async open(code) {
    const kept = this.code;
    if (!kept) return true;
    const check = await this.check(code, unb64(kept.seed, 16));
    const right = equal(unb64(check), unb64(kept.check));
    const wrong = right ? 0 : kept.wrong + 1;
    this.keep({ ...kept, wrong: wrong % TRIES });
    if (right) this.letIn();
    else if (wrong >= TRIES) await this.session.lock();
    return right;
  }

  /** The code was right, or the words were. */
  letIn() {
    this.opened = true;
    this.dispatchEvent(new Event("changed"));
  }

  close() {
    if (!this.code || !this.opened) return;
    this.opened = false;
    this.dispatchEvent(new Event("changed"));
  }

  /** @param {string} code @param {Uint8Array} seed */
  async check(code, seed) {
    return b64((await keysOf(this.session.known.login, code, seed)).authKey);
  }

  /** @param {Code | null} code */
  keep(code) {
    const { [this.session.known.id]: _, ...others } = read();
    localStorage.setItem(
      KEY,
      JSON.stringify(code ? { ...others, [this.session.known.id]: code } : others),
    );
  }
}

/** @returns {Record<string, Code>} */
function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}
