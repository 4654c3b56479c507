/**
 * The storage of this device (IndexedDB): sealed drafts, queued sealed entries, the highest
 * revisions seen, and, only on request, non-extractable keys. Nothing in clear. A browser may store
 * nothing, run out of room, or remove everything while a page is open. So the store never throws:
 * what could not be written stays in this page's memory and is read from there, and `isOnDisk`
 * tells which it is. Code that tells a person that something is stored must check `isOnDisk`.
 * Dispatches "changed" when the state of the disk has changed by itself, and "database-lost" before
 * that when the browser has removed the database.
 */

import { StalledError, writeStore, deleteDatabase, openDatabase, readStore } from "./database.js";

const STORES = /** @type {const} */ (["keys", "drafts", "outbox", "seen", "removed"]);
/**
 * Stores of what people wrote, which this page can write again if the browser removes them. Keys
 * are not among them.
 */
const WRITTEN = /** @type {Store[]} */ (["drafts", "outbox", "removed"]);
const MOMENT_MS = 250; // for a disk that has not responded lately, and may be back
const AGAIN_MS = 5000; // so that a failing database is not opened again with every keystroke

/** @typedef {(typeof STORES)[number]} Store */
/** @typedef {{ value: any, onDisk: boolean }} Held */

export class DeviceStore extends EventTarget {
  /** @type {IDBDatabase | null} */
  #database = null;
  /** @type {Promise<IDBDatabase | null> | null} */
  #opening = null;
  #retryAt = 0;
  /** Whether the disk did not respond in time when it was last asked. */
  #stalled = false;
  /** @type {Map<string, Map<string, Held>>} */
  #memory = new Map(STORES.map((name) => [name, new Map()]));

  /** @returns {Promise<DeviceStore>} */
  static async open() {
    const deviceStore = new DeviceStore();
    await deviceStore.#connect();
    return deviceStore;
  }

  /** Whether what is put here can outlive the page, as far as is known. */
  get isPersistent() {
    return this.#database !== null;
  }

  /** Return the name of the sentence that says how long deleted entries can be restored. */
  get restorable() {
    return this.isPersistent ? "restorable-for-a-day" : "restorable-while-open";
  }

  /**
   * Whether the last value that this page put there is on the disk.
   * @param {Store} store
   * @param {string} key
   */
  isOnDisk(store, key) {
    return this.#held(store).get(key)?.onDisk ?? this.isPersistent;
  }

  /**
   * @param {Store} store
   * @param {string} key
   * @returns {Promise<any>} undefined if there is none
   */
  async get(store, key) {
    const held = this.#held(store).get(key);
    if (held && !held.onDisk) return held.value; // newer than the value on the disk
    return this.#read(store, (objects) => objects.get(key));
  }

  /**
   * Return everything in a store, with keys.
   * @param {Store} store
   * @returns {Promise<[string, any][]>}
   */
  async entries(store) {
    const [keys = [], values = []] = await Promise.all([
      this.#read(store, (objects) => objects.getAllKeys()),
      this.#read(store, (objects) => objects.getAll()),
    ]);
    const all = new Map(keys.map((key, at) => [String(key), values[at]]));
    for (const [key, { value, onDisk }] of this.#held(store)) if (!onDisk) all.set(key, value);
    return [...all];
  }

  /**
   * Store a value.
   * @param {Store} store
   * @param {string} key
   * @param {any} value
   * @returns {Promise<boolean>} whether it is on the disk; if not, it is in this page's memory
   */
  async put(store, key, value) {
    const held = { value, onDisk: false };
    this.#held(store).set(key, held);
    held.onDisk = await this.#write(store, (objects) => objects.put(value, key));
    const done = held.onDisk && !WRITTEN.includes(store) && this.#held(store).get(key) === held;
    if (done) this.#held(store).delete(key);
    return held.onDisk;
  }

  /**
   * @param {Store} store
   * @param {string} key
   */
  async remove(store, key) {
    this.#held(store).delete(key);
    await this.#write(store, (objects) => objects.delete(key));
  }

  /** @param {Store} store */
  async clear(store) {
    this.#held(store).clear();
    await this.#write(store, (objects) => objects.clear());
  }

  /**
   * Delete everything, and the database itself, because clearing its stores could create a new,
   * blank one.
   */
  async clearAll() {
    for (const held of this.#memory.values()) held.clear();
    this.#database?.close();
    this.#database = null;
    this.#opening = null;
    this.#retryAt = performance.now() + AGAIN_MS;
    await deleteDatabase();
  }

  /** Write to the disk what people wrote and only this page's memory holds. */
  async rewrite() {
    let restored = false;
    for (const store of WRITTEN) {
      for (const [key, { value, onDisk }] of [...this.#held(store)]) {
        if (!onDisk) restored = (await this.put(store, key, value)) || restored;
      }
    }
    if (restored) this.dispatchEvent(new Event("changed"));
  }

  /**
   * @param {Store} store
   * @returns {Map<string, Held>}
   */
  #held(store) {
    return /** @type {Map<string, Held>} */ (this.#memory.get(store));
  }

  /**
   * Return the database, reopening it if it was closed.
   * @returns {Promise<IDBDatabase | null>}
   */
  async #connect() {
    if (this.#database || performance.now() < this.#retryAt) return this.#database;
    this.#opening ??= openDatabase(STORES)
      .then(
        (database) => this.#adopt(database),
        () => {
          this.#retryAt = performance.now() + AGAIN_MS;
          return null;
        },
      )
      .finally(() => (this.#opening = null));
    return this.#opening;
  }

  /** @param {IDBDatabase} database */
  #adopt(database) {
    this.#database = database;
    database.onclose = () => this.#onDatabaseLost(database); // the browser has removed the database
    database.onversionchange = () => {
      database.close(); // another tab deletes or upgrades it
      this.#onDatabaseLost(database);
    };
    return database;
  }

  /**
   * Handle a closed database: its content may no longer exist.
   * @param {IDBDatabase} database
   */
  #onDatabaseLost(database) {
    if (this.#database !== database) return;
    this.#database = null;
    this.#stalled = false;
    for (const held of this.#memory.values()) for (const item of held.values()) item.onDisk = false;
    this.dispatchEvent(new Event("database-lost"));
    this.dispatchEvent(new Event("changed"));
  }

  /**
   * @param {Store} store
   * @param {(objects: IDBObjectStore) => void} work
   * @returns {Promise<boolean>} whether it is on the disk
   */
  async #write(store, work) {
    // Drafts are saved with every keystroke; a queued entry is saved once, and must reach the disk.
    const durability = store === "drafts" ? "relaxed" : "strict";
    const done = await this.#withRetry((database) => writeStore(database, store, durability, work));
    return done !== undefined;
  }

  /**
   * @template T
   * @param {Store} store
   * @param {(objects: IDBObjectStore) => IDBRequest<T>} ask
   * @returns {Promise<T | undefined>} undefined if the disk does not respond
   */
  async #read(store, ask) {
    return (await this.#withRetry((database) => readStore(database, store, ask)))?.answer;
  }

  /**
   * Run an operation on the database, and once more if the database turns out to be closed. While
   * the disk does not respond, operations are begun and hardly waited for: saving takes several,
   * and each would wait as long as the first. The first that ends shows that the disk is back.
   * @template T
   * @param {(database: IDBDatabase) => Promise<T>} work
   * @returns {Promise<{ answer: T } | undefined>} undefined if it was not possible
   */
  async #withRetry(work) {
    for (let tries = 0; tries < 2; tries++) {
      const database = await this.#connect();
      if (!database) return undefined;
      try {
        const answer = work(database).then((value) => {
          this.#stalled = false;
          return { answer: value };
        });
        return await (this.#stalled ? Promise.race([answer, pause(MOMENT_MS)]) : answer);
      } catch (error) {
        this.#stalled = error instanceof StalledError;
        const closed = error instanceof DOMException && error.name === "InvalidStateError";
        if (!closed) return undefined;
        this.#onDatabaseLost(database);
      }
    }
    return undefined;
  }
}

/**
 * @param {number} milliseconds
 * @returns {Promise<undefined>}
 */
function pause(milliseconds) {
  return new Promise((resolve) => void setTimeout(resolve, milliseconds));
}
