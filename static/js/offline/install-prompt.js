/**
 * What the browser says of the home screen: whether it can put this place there, and whether it is.
 */

/** @typedef {Event & { prompt: () => Promise<unknown> }} Offer Chromium's beforeinstallprompt */

class InstallPrompt extends EventTarget {
  constructor() {
    super();
    /** @type {Offer | null} */
    this.promptEvent = null;
    this.installed = window.matchMedia("(display-mode: standalone)").matches;
    window.addEventListener("beforeinstallprompt", (event) => {
      event.preventDefault(); // nothing asks by itself
      this.setState(/** @type {Offer} */ (event), this.installed);
    });
    window.addEventListener("appinstalled", () => this.setState(null, true));
  }

  get isAvailable() {
    return this.promptEvent !== null;
  }

  /** Let the browser ask; it does so once for each offer. */
  async prompt() {
    const { promptEvent } = this;
    this.setState(null, this.installed);
    await promptEvent?.prompt();
  }

  /**
   * @param {Offer | null} offer
   * @param {boolean} there
   */
  setState(offer, there) {
    this.promptEvent = offer;
    this.installed = there;
    this.dispatchEvent(new Event("changed"));
  }
}

export const installPrompt = new InstallPrompt();
