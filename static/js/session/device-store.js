/**
 * What this device keeps (IndexedDB): sealed drafts, sealed bytes that wait to be sent, the
 * highest revisions seen, and, only if asked, keys that cannot be read out. Nothing in clear.
 *
 * A browser may keep nothing, run out of room, or remove everything while a page is open. So the
 * store never throws: what could not be written stays in this page's memory, is read from there,
 * and `isOnDisk` says which it is. Whoever tells a person that something is kept asks for that.
 * Dispatches "changed" when what is true of the disk has changed by itself, and "database-lost"
 * before that when the browser has removed what was there.
 */

import { writeStore, deleteDatabase, openDatabase, readStore } from "./database.js";

const STORES = /** @type {const} */ (["keys", "drafts", "outbox", "seen", "removed"]);
/** What people wrote: this page can write it again if the browser removes it. Keys are not. */
const WRITTEN = /** @type {Store[]} */ (["drafts", "outbox", "removed"]);
const AGAIN_MS = 5000; // a database that could not be opened is not asked with every letter

/** @typedef {(typeof STORES)[number]} Store */
/** @typedef {{ value: any, onDisk: boolean }} Held */

export class DeviceStore extends EventTarget {
  constructor() {
    super();
    /** @type {IDBDatabase | null} */
    this.database = null;
    /** @type {Promise<IDBDatabase | null> | null} */
    this.opening = null;
    this.retryAt = 0;
    /** @type {Map<string, Map<string, Held>>} */
    this.memory = new Map(STORES.map((name) => [name, new Map()]));
  }

  /** @returns {Promise<DeviceStore>} */
  static async open() {
    const deviceStore = new DeviceStore();
    await deviceStore.connect();
    return deviceStore;
  }

  /** Whether what is put here can outlive the page, as far as is known. */
  get isPersistent() {
    return this.database !== null;
  }

  /** For how long what is deleted can be restored: the name of the sentence that says it. */
  get restorable() {
    return this.isPersistent ? "restorable-for-a-day" : "restorable-while-open";
  }

  /**
   * Whether what this page put there last is on the disk.
   * @param {Store} store
   * @param {string} key
   */
  isOnDisk(store, key) {
    return this.held(store).get(key)?.onDisk ?? this.isPersistent;
  }

  /**
   * @param {Store} store
   * @param {string} key
   * @returns {Promise<any>} undefined when there is none
   */
  async get(store, key) {
    const held = this.held(store).get(key);
    if (held && !held.onDisk) return held.value; // newer than the disk's
    return this.read(store, (objects) => objects.get(key));
  }

  /**
   * Everything in a store, with keys.
   * @param {Store} store
   * @returns {Promise<[string, any][]>}
   */
  async entries(store) {
    const [keys = [], values = []] = await Promise.all([
      this.read(store, (objects) => objects.getAllKeys()),
      this.read(store, (objects) => objects.getAll()),
    ]);
    const all = new Map(keys.map((key, at) => [String(key), values[at]]));
    for (const [key, { value, onDisk }] of this.held(store)) if (!onDisk) all.set(key, value);
    return [...all];
  }

  /**
   * Keep something.
   * @param {Store} store
   * @param {string} key
   * @param {any} value
   * @returns {Promise<boolean>} whether it is on the disk; if not, this page holds it
   */
  async put(store, key, value) {
    const held = { value, onDisk: false };
    this.held(store).set(key, held);
    held.onDisk = await this.write(store, (objects) => objects.put(value, key));
    const done = held.onDisk && !WRITTEN.includes(store) && this.held(store).get(key) === held;
    if (done) this.held(store).delete(key);
    return held.onDisk;
  }

  /**
   * @param {Store} store
   * @param {string} key
   */
  async remove(store, key) {
    this.held(store).delete(key);
    await this.write(store, (objects) => objects.delete(key));
  }

  /** @param {Store} store */
  async clear(store) {
    this.held(store).clear();
    await this.write(store, (objects) => objects.clear());
  }

  /**
   * Forget everything, and the database itself: to clear its stores could make an empty one anew.
   */
  async clearAll() {
    for (const held of this.memory.values()) held.clear();
    this.database?.close();
    this.database = null;
    this.opening = null;
    this.retryAt = performance.now() + AGAIN_MS;
    await deleteDatabase();
  }

  /** Write what people wrote and this page alone holds. */
  async rewrite() {
    let restored = false;
    for (const store of WRITTEN) {
      for (const [key, { value, onDisk }] of [...this.held(store)]) {
        if (!onDisk) restored = (await this.put(store, key, value)) || restored;
      }
    }
    if (restored) this.dispatchEvent(new Event("changed"));
  }

  /**
   * @param {Store} store
   * @returns {Map<string, Held>}
   */
  held(store) {
    return /** @type {Map<string, Held>} */ (this.memory.get(store));
  }

  /**
   * The database, opened again if it has gone.
   * @returns {Promise<IDBDatabase | null>}
   */
  async connect() {
    if (this.database || performance.now() < this.retryAt) return this.database;
    this.opening ??= openDatabase(STORES)
      .then(
        (database) => this.adopt(database),
        () => {
          this.retryAt = performance.now() + AGAIN_MS;
          return null;
        },
      )
      .finally(() => (this.opening = null));
    return this.opening;
  }

  /** @param {IDBDatabase} database */
  adopt(database) {
    this.database = database;
    database.onclose = () => this.onDatabaseLost(database); // the browser has removed it
    database.onversionchange = () => {
      database.close(); // another tab removes it, or makes a newer one
      this.onDatabaseLost(database);
    };
    return database;
  }

  /**
   * What was written there may not be there any more.
   * @param {IDBDatabase} database
   */
  onDatabaseLost(database) {
    if (this.database !== database) return;
    this.database = null;
    for (const held of this.memory.values()) for (const one of held.values()) one.onDisk = false;
    this.dispatchEvent(new Event("database-lost"));
    this.dispatchEvent(new Event("changed"));
  }

  /**
   * @param {Store} store
   * @param {(objects: IDBObjectStore) => void} how
   * @returns {Promise<boolean>} whether it is on the disk
   */
  async write(store, how) {
    // A draft is kept with every key; what waits to be sent is kept once, and to the disk.
    const durability = store === "drafts" ? "relaxed" : "strict";
    const done = await this.withRetry((database) => writeStore(database, store, durability, how));
    return done !== undefined;
  }

  /**
   * @template T
   * @param {Store} store
   * @param {(objects: IDBObjectStore) => IDBRequest<T>} ask
   * @returns {Promise<T | undefined>} undefined where the disk says nothing
   */
  async read(store, ask) {
    return (await this.withRetry((database) => readStore(database, store, ask)))?.answer;
  }

  /**
   * Do something with the database, and once more if it turns out that it had been closed.
   * @template T
   * @param {(database: IDBDatabase) => Promise<T>} work
   * @returns {Promise<{ answer: T } | undefined>} undefined when it could not be done
   */
  async withRetry(work) {
    for (let tries = 0; tries < 2; tries++) {
      const database = await this.connect();
      if (!database) return undefined;
      try {
        return { answer: await work(database) };
      } catch (error) {
        const closed = error instanceof DOMException && error.name === "InvalidStateError";
        if (!closed) return undefined;
        this.onDatabaseLost(database);
      }
    }
    return undefined;
  }
}
