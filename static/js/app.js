/** The shell's parts, made once, and handed to every screen. */

import { Api } from "./net/api.js";
import { Live } from "./net/live.js";
import { Passkeys } from "./passkeys/passkeys.js";
import { OnlyMe } from "./session/only-me.js";
import { Session } from "./session/session.js";
import { Vault } from "./session/vault.js";
import { CandleRoom } from "./candle/room.js";
import { Finding } from "./finding/finding.js";
import { Journals } from "./journals/journals.js";
import { Naming } from "./naming/naming.js";
import { Days } from "./days/days.js";
import { Returns } from "./days/returns.js";
import { Warnings } from "./days/warnings.js";
import { Rituals } from "./rituals/rituals.js";
import { Messages } from "./reminders/messages.js";
import { Reminders } from "./reminders/reminders.js";
import { Rest } from "./rest/rest.js";
import { Signals } from "./signals/signals.js";
import { Answers } from "./talk/answers.js";
import { Deck } from "./talk/deck.js";
import { Table } from "./talk/table.js";
import { Router } from "./ui/router.js";
import { Ways } from "./ways/ways.js";

export class App {
  /**
   * @param {Vault} vault
   * @param {[RegExp, import("./ui/router.js").Loader][]} routes
   * @param {{ locked: import("./ui/router.js").Loader, out: import("./ui/router.js").Loader }} doors
   */
  constructor(vault, routes, doors) {
    this.vault = vault;
    this.api = new Api();
    this.live = new Live();
    this.session = new Session(this.api, vault);
    this.passkeys = new Passkeys(this.session, this.api);
    this.onlyMe = new OnlyMe(this.session);
    this.journals = new Journals(this.session, this.api, this.live, vault, this.onlyMe);
    this.naming = new Naming(this.session, this.journals);
    this.finding = new Finding(this.session, this.journals);
    this.candle = new CandleRoom(this.session, this.api, this.live);
    this.answers = new Answers(this);
    this.table = new Table(this);
    this.deck = new Deck(this);
    this.rest = new Rest(this);
    this.messages = new Messages(this.api);
    this.reminders = new Reminders(this);
    this.signals = new Signals(this);
    this.ways = new Ways(this);
    this.returns = new Returns(this);
    this.days = new Days(this);
    this.warnings = new Warnings(this);
    this.rituals = new Rituals(this);
    this.router = new Router(this, routes, doors);
  }
}
