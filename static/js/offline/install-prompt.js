/**
 * Whether the browser can install this site on the home screen, and whether it is installed.
 * Dispatches "changed" when either has changed.
 */

/** @typedef {Event & { prompt: () => Promise<unknown> }} Offer Chromium's beforeinstallprompt */

class InstallPrompt extends EventTarget {
  /** @type {Offer | null} */
  #promptEvent = null;

  constructor() {
    super();
    this.installed = window.matchMedia("(display-mode: standalone)").matches;
    window.addEventListener("beforeinstallprompt", (event) => {
      event.preventDefault(); // the browser must not prompt by itself
      this.#setState(/** @type {Offer} */ (event), this.installed);
    });
    window.addEventListener("appinstalled", () => this.#setState(null, true));
  }

  get isAvailable() {
    return this.#promptEvent !== null;
  }

  /** Show the browser's prompt; it does so once per offer. */
  async prompt() {
    const promptEvent = this.#promptEvent;
    this.#setState(null, this.installed);
    await promptEvent?.prompt();
  }

  /**
   * @param {Offer | null} offer
   * @param {boolean} there
   */
  #setState(offer, there) {
    this.#promptEvent = offer;
    this.installed = there;
    this.dispatchEvent(new Event("changed"));
  }
}

export const installPrompt = new InstallPrompt();
