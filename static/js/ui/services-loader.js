/** Loads the services of the screens that are not core, once. */

import { retryUntilLoaded } from "./retry.js";

/** @typedef {import("../services.js").Services} Services */

export class ServicesLoader {
  #create;
  /** @type {Promise<Services> | null} */
  #loading = null;

  /** @param {() => Promise<Services>} create */
  constructor(create) {
    this.#create = create;
    /**
     * All services, once they are loaded.
     * @type {Services | null}
     */
    this.loaded = null;
  }

  /**
   * Load the services; concurrent calls share one attempt.
   * @returns {Promise<Services>}
   */
  load() {
    this.#loading ??= this.#create().then(
      (services) => (this.loaded = services),
      (error) => {
        this.#loading = null;
        throw error;
      },
    );
    return this.#loading;
  }

  /**
   * Load the services, and retry until they are loaded.
   * @returns {Promise<Services>}
   */
  async whenLoaded() {
    const forever = { wanted: () => true, missed: () => {} };
    return /** @type {Services} */ (await retryUntilLoaded(() => this.load(), forever));
  }
}
