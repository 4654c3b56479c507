/**
 * Promise wrapper for the browser's database (IndexedDB) behind the device store. Every promise
 * settles within a few seconds, because saving must not wait for a disk that does not respond.
 */

const NAME = "shared-space";
const VERSION = 1;
const PATIENCE_MS = 5000; // some browsers never respond if storage is broken or full

/** The disk did not respond in time. What was asked of it may still happen. */
export class StalledError extends Error {}

/**
 * @param {readonly string[]} stores created in a new database
 * @returns {Promise<IDBDatabase>} rejects if the browser provides no storage
 */
export function openDatabase(stores) {
  return new Promise((resolve, reject) => {
    let waiting = true;
    const timer = setTimeout(() => {
      waiting = false;
      reject(new Error("the database does not answer"));
    }, PATIENCE_MS);
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      for (const name of stores) request.result.createObjectStore(name);
    };
    request.onsuccess = () => {
      clearTimeout(timer);
      if (waiting) resolve(request.result);
      else request.result.close();
    };
    request.onerror = () => {
      clearTimeout(timer);
      reject(request.error);
    };
  });
}

/**
 * Delete the database.
 * @returns {Promise<void>} settles in any case, because another tab may block it
 */
export function deleteDatabase() {
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE_MS);
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = request.onerror = request.onblocked = () => resolve();
  });
}

/**
 * Change a store; resolves when the change is on the disk.
 * @param {IDBDatabase} database
 * @param {string} store
 * @param {"strict" | "relaxed"} durability
 * @param {(objects: IDBObjectStore) => void} change
 * @returns {Promise<void>}
 */
export function writeStore(database, store, durability, change) {
  return withTimeout((resolve, reject) => {
    const transaction = database.transaction(store, "readwrite", { durability });
    transaction.oncomplete = () => resolve(undefined);
    transaction.onabort = () => reject(transaction.error ?? new Error("not kept"));
    change(transaction.objectStore(store));
    transaction.commit(); // so that it is written even if the page is closed at this moment
  });
}

/**
 * Read from a store.
 * @template T
 * @param {IDBDatabase} database
 * @param {string} store
 * @param {(objects: IDBObjectStore) => IDBRequest<T>} ask
 * @returns {Promise<T>}
 */
export function readStore(database, store, ask) {
  return withTimeout((resolve, reject) => {
    const request = ask(database.transaction(store).objectStore(store));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    if (request.transaction) request.transaction.onabort = () => reject(new Error("not read"));
  });
}

/**
 * @template T
 * @param {(resolve: (value: T) => void, reject: (error: unknown) => void) => void} ask
 * @returns {Promise<T>}
 */
function withTimeout(ask) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new StalledError()), PATIENCE_MS);
    const settled = (/** @type {(value: any) => void} */ settle) => (/** @type {any} */ value) => {
      clearTimeout(timer);
      settle(value);
    };
    ask(settled(resolve), settled(reject));
  });
}
