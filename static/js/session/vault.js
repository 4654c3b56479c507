/**
 * What this device keeps (IndexedDB): sealed drafts, sealed bytes that wait to be sent, the
 * highest revisions seen, and, only if asked, keys that cannot be read out. Nothing in clear.
 * Where a browser keeps nothing, it is all in memory and `lasting` is false.
 */

const NAME = "shared-space";
const STORES = /** @type {const} */ (["keys", "drafts", "outbox", "seen", "removed"]);

/** @typedef {(typeof STORES)[number]} Store */

export class Vault {
  /** @param {IDBDatabase | null} database */
  constructor(database) {
    this.database = database;
    /** @type {Map<string, Map<string, any>>} */
    this.memory = new Map(STORES.map((name) => [name, new Map()]));
  }

  /** @returns {Promise<Vault>} */
  static async open() {
    try {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        for (const name of STORES) request.result.createObjectStore(name);
      };
      const database = await asked(request);
      database.onversionchange = () => database.close();
      return new Vault(database);
    } catch {
      return new Vault(null);
    }
  }

  /** Whether what is put here outlives the page. */
  get lasting() {
    return this.database !== null;
  }

  /** @param {Store} store @param {string} key @returns {Promise<any>} undefined when there is none */
  async get(store, key) {
    if (!this.database) return this.memory.get(store)?.get(key);
    return asked(this.database.transaction(store).objectStore(store).get(key));
  }

  /**
   * Everything in a store, with keys.
   * @param {Store} store
   * @returns {Promise<[string, any][]>}
   */
  async entries(store) {
    if (!this.database) return [...(this.memory.get(store) ?? [])];
    const objects = this.database.transaction(store).objectStore(store);
    const [keys, values] = await Promise.all([asked(objects.getAllKeys()), asked(objects.getAll())]);
    return keys.map((key, index) => [String(key), values[index]]);
  }

  /** Keep something; resolves when it is on the disk. @param {Store} store @param {string} key @param {any} value */
  async put(store, key, value) {
    this.memory.get(store)?.set(key, value);
    if (!this.database) return;
    this.memory.get(store)?.clear();
    await this.change(store, (objects) => objects.put(value, key));
  }

  /** @param {Store} store @param {string} key */
  async remove(store, key) {
    this.memory.get(store)?.delete(key);
    if (this.database) await this.change(store, (objects) => objects.delete(key));
  }

  /** @param {Store} store */
  async clear(store) {
    this.memory.get(store)?.clear();
    if (this.database) await this.change(store, (objects) => objects.clear());
  }

  /** Forget everything. */
  async clearAll() {
    for (const store of STORES) await this.clear(store);
  }

  /**
   * @param {Store} store
   * @param {(objects: IDBObjectStore) => void} change
   * @returns {Promise<void>}
   */
  change(store, change) {
    return new Promise((resolve, reject) => {
      const database = /** @type {IDBDatabase} */ (this.database);
      // A draft is kept with every key; what waits to be sent is kept once, and to the disk.
      const durability = store === "drafts" ? "relaxed" : "strict";
      const transaction = database.transaction(store, "readwrite", { durability });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error("not kept"));
      change(transaction.objectStore(store));
      transaction.commit(); // so that it is kept even if the page goes in this moment
    });
  }
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
