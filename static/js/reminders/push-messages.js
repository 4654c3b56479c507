/**
 * Messages on this device, by way of the browser's maker: fixed, without content (protocol §16).
 */

import { toBase64Url, fromBase64Url } from "../crypto/bytes.js";

/** @typedef {import("../net/types.js").WireMessages} WireMessages */

const PROVIDERS = /** @type {const} */ ([
  ["Mozilla", /\.mozilla\.com$/, /Firefox/],
  ["Apple", /\.apple\.com$/, /^(?!.*Chrom).*Safari/],
  ["Microsoft", /\.windows\.com$/, /Edg/],
  ["Google", /\.googleapis\.com$/, /Chrom/],
]);

/** The browser was not allowed to show any. */
export class NotAllowedError extends Error {}

export class PushMessages {
  /** @param {import("../net/api.js").Api} api */
  constructor(api) {
    this.api = api;
  }

  /** Whether this browser can take them. */
  get isSupported() {
    return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  }

  /**
   * How it stands on this device.
   * @returns {Promise<WireMessages>}
   */
  state() {
    return this.api.get("/push");
  }

  /**
   * Whether they come to this device; the server is asked only where the browser takes any.
   * @returns {Promise<boolean>}
   */
  async isSubscribedOnThisDevice() {
    if (!this.isSupported || Notification.permission !== "granted") return false;
    const worker = await navigator.serviceWorker.getRegistration();
    if (!(await worker?.pushManager.getSubscription())) return false;
    return (await this.state()).here !== null;
  }

  /**
   * Whose servers see that a message came; "" when nobody can say.
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
   * Have them come.
   * @param {boolean} events for what the other did too
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
    return this.api.put("/push", { address: subscription.endpoint, publicKey, auth, events });
  }

  /** Have none come. */
  async unsubscribe() {
    await this.api.delete("/push");
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
