/**
 * Services that the first screens need: session, API, socket, candle. They must not import code
 * that reads journals, because that is loaded later.
 */

import { CandleState } from "./candle/candle-state.js";
import { Api } from "./net/api.js";
import { LiveSocket } from "./net/live-socket.js";
import { Passkeys } from "./passkeys/passkeys.js";
import { PinLock } from "./session/pin-lock.js";
import { Session } from "./session/session.js";
import { Router } from "./ui/router.js";

export class CoreServices {
  /**
   * @param {import("./session/device-store.js").DeviceStore} deviceStore
   * @param {import("./ui/router.js").RouterOptions} options
   */
  constructor(deviceStore, options) {
    this.deviceStore = deviceStore;
    this.api = new Api();
    this.session = new Session(this.api, deviceStore);
    this.live = new LiveSocket(this.api, () => this.session.me?.space?.id ?? this.session.me?.id);
    this.passkeys = new Passkeys(this.session, this.api);
    this.pinLock = new PinLock(this.session);
    this.candle = new CandleState(this.session, this.api, this.live);
    this.router = new Router(this, options);
  }
}
