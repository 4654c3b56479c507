/**
 * What the browser says of the home screen: whether it can put this place there, and whether it is.
 */

/** @typedef {Event & { prompt: () => Promise<unknown> }} Offer Chromium's beforeinstallprompt */

class Installer extends EventTarget {
  constructor() {
    super();
    /** @type {Offer | null} */
    this.offer = null;
    this.there = window.matchMedia("(display-mode: standalone)").matches;
    window.addEventListener("beforeinstallprompt", (event) => {
      event.preventDefault(); // nothing asks by itself
      this.become(/** @type {Offer} */ (event), this.there);
    });
    window.addEventListener("appinstalled", () => this.become(null, true));
  }

  get possible() {
    return this.offer !== null;
  }

  /** Let the browser ask; it does so once for each offer. */
  async ask() {
    const { offer } = this;
    this.become(null, this.there);
    await offer?.prompt();
  }

  /** @param {Offer | null} offer @param {boolean} there */
  become(offer, there) {
    this.offer = offer;
    this.there = there;
    this.dispatchEvent(new Event("changed"));
  }
}

export const installer = new Installer();
