/**
 * What is there at once, before anything that is written: who is here, the connection, the candle.
 */

import { CandleRoom } from "./candle/room.js";
import { Api } from "./net/api.js";
import { Live } from "./net/live.js";
import { Passkeys } from "./passkeys/passkeys.js";
import { OnlyMe } from "./session/only-me.js";
import { Session } from "./session/session.js";
import { Router } from "./ui/router.js";

export class Hall {
  /**
   * @param {import("./session/vault.js").Vault} vault
   * @param {import("./ui/router.js").Addresses} addresses
   */
  constructor(vault, addresses) {
    this.vault = vault;
    this.api = new Api();
    this.live = new Live(this.api);
    this.session = new Session(this.api, vault);
    this.passkeys = new Passkeys(this.session, this.api);
    this.onlyMe = new OnlyMe(this.session);
    this.candle = new CandleRoom(this.session, this.api, this.live);
    this.router = new Router(this, addresses);
  }
}
