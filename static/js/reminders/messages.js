/**
 * Messages on this device, by way of the browser's maker: fixed, without content (protocol §16).
 */

import { b64, unb64 } from "../crypto/bytes.js";

/** @typedef {import("../net/types.js").WireMessages} WireMessages */

const MAKERS = /** @type {const} */ ([
  ["Mozilla", /\.mozilla\.com$/, /Firefox/],
  ["Apple", /\.apple\.com$/, /^(?!.*Chrom).*Safari/],
  ["Microsoft", /\.windows\.com$/, /Edg/],
  ["Google", /\.googleapis\.com$/, /Chrom/],
]);

/** The browser was not allowed to show any. */
export class NotAllowed extends Error {}

export class Messages {
  /** @param {import("../net/api.js").Api} api */
  constructor(api) {
    this.api = api;
  }

  /** Whether this browser can take them. */
  get possible() {
    return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  }

  /** How it stands on this device. @returns {Promise<WireMessages>} */
  state() {
    return this.api.get("/push");
  }

  /**
   * Whether they come to this device; the server is asked only where the browser takes any.
   * @returns {Promise<boolean>}
   */
  async here() {
    if (!this.possible || Notification.permission !== "granted") return false;
    const worker = await navigator.serviceWorker.getRegistration();
    if (!(await worker?.pushManager.getSubscription())) return false;
    return (await this.state()).here !== null;
  }

  /** Whose servers see that a message came; "" when nobody can say. @param {WireMessages} state */
  maker({ here }) {
    const host = here ? new URL(here.address).hostname : "";
    const found = MAKERS.find(([, hosts, agents]) =>
      host ? hosts.test(host) : agents.test(navigator.userAgent),
    );
    return found?.[0] ?? "";
  }

  /**
   * Have them come.
   * @param {boolean} events for what the other did too
   * @returns {Promise<WireMessages>}
   */
  async want(events) {
    if ((await Notification.requestPermission()) !== "granted") throw new NotAllowed();
    const { key } = await this.state();
    const { pushManager } = await navigator.serviceWorker.ready;
    const asked = {
      userVisibleOnly: true,
      applicationServerKey: /** @type {BufferSource} */ (unb64(key, 65)),
    };
    const subscription = await pushManager.subscribe(asked);
    const [publicKey, auth] = [bytes(subscription, "p256dh"), bytes(subscription, "auth")];
    return this.api.put("/push", { address: subscription.endpoint, publicKey, auth, events });
  }

  /** Have none come. */
  async wantNone() {
    await this.api.delete("/push");
    const { pushManager } = await navigator.serviceWorker.ready;
    await (await pushManager.getSubscription())?.unsubscribe();
  }
}

/** @param {PushSubscription} subscription @param {PushEncryptionKeyName} name */
function bytes(subscription, name) {
  return b64(new Uint8Array(subscription.getKey(name) ?? new ArrayBuffer(0)));
}
