/**
 * Push messages on this device, delivered by the browser's vendor: a fixed text without content
 * (protocol §16).
 */

import { toBase64Url, fromBase64Url } from "../crypto/bytes.js";

/** @typedef {import("../net/types.js").WireMessages} WireMessages */

const PROVIDERS = /** @type {const} */ ([
  ["Mozilla", /\.mozilla\.com$/, /Firefox/],
  ["Apple", /\.apple\.com$/, /^(?!.*Chrom).*Safari/],
  ["Microsoft", /\.windows\.com$/, /Edg/],
  ["Google", /\.googleapis\.com$/, /Chrom/],
]);

/** The browser was not allowed to show notifications. */
export class NotAllowedError extends Error {}

export class PushMessages {
  #api;

  /** @param {import("../net/api.js").Api} api */
  constructor(api) {
    this.#api = api;
  }

  /** Whether this browser supports push messages. */
  get isSupported() {
    return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  }

  /**
   * Return the state on this device.
   * @param {import("../net/api.js").Ending} [ending]
   * @returns {Promise<WireMessages>}
   */
  state(ending) {
    return this.#api.get("/push", ending);
  }

  /**
   * Whether this device is subscribed; the server is asked only if the browser supports it.
   * @returns {Promise<boolean>}
   */
  async isSubscribedOnThisDevice() {
    if (!this.isSupported || Notification.permission !== "granted") return false;
    const worker = await navigator.serviceWorker.getRegistration();
    if (!(await worker?.pushManager.getSubscription())) return false;
    return (await this.state()).here !== null;
  }

  /**
   * Return the vendor whose servers see that a message was sent, or "" if unknown.
   * @param {WireMessages} state
   */
  provider({ here }) {
    const host = here ? new URL(here.address).hostname : "";
    const found = PROVIDERS.find(([, hosts, agents]) =>
      host ? hosts.test(host) : agents.test(navigator.userAgent),
    );
    return found?.[0] ?? "";
  }

  /**
   * Subscribe.
   * @param {boolean} events also for the partner's actions
   * @returns {Promise<WireMessages>}
   */
  async subscribe(events) {
    if ((await Notification.requestPermission()) !== "granted") throw new NotAllowedError();
    const { key } = await this.state();
    const { pushManager } = await navigator.serviceWorker.ready;
    const asked = {
      userVisibleOnly: true,
      applicationServerKey: /** @type {BufferSource} */ (fromBase64Url(key, 65)),
    };
    const subscription = await pushManager.subscribe(asked);
    const [publicKey, auth] = [bytes(subscription, "p256dh"), bytes(subscription, "auth")];
    return this.#api.put("/push", { address: subscription.endpoint, publicKey, auth, events });
  }

  /** Unsubscribe. */
  async unsubscribe() {
    await this.#api.delete("/push");
    const { pushManager } = await navigator.serviceWorker.ready;
    await (await pushManager.getSubscription())?.unsubscribe();
  }
}

/**
 * @param {PushSubscription} subscription
 * @param {PushEncryptionKeyName} name
 */
function bytes(subscription, name) {
  return toBase64Url(new Uint8Array(subscription.getKey(name) ?? new ArrayBuffer(0)));
}
