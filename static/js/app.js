/** The hall with all its rooms: made once, before the first screen that needs them. */

import { Finding } from "./finding/finding.js";
import { Journals } from "./journals/journals.js";
import { Naming } from "./naming/naming.js";
import { Days } from "./days/days.js";
import { Returns } from "./days/returns.js";
import { Warnings } from "./days/warnings.js";
import { watchDoubts } from "./linking/doubts.js";
import { watchForTheEnd } from "./linking/parted.js";
import { Rituals } from "./rituals/rituals.js";
import { watchReminders } from "./reminders/line.js";
import { Messages } from "./reminders/messages.js";
import { Reminders } from "./reminders/reminders.js";
import { Rest } from "./rest/rest.js";
import { Signals } from "./signals/signals.js";
import { watchTalk } from "./signals/tab.js";
import { Answers } from "./talk/answers.js";
import { Deck } from "./talk/deck.js";
import { Table } from "./talk/table.js";
import { Ways } from "./ways/ways.js";

export class App {
  /** @param {import("./hall.js").Hall} hall */
  constructor({ vault, api, live, session, passkeys, onlyMe, candle, router }) {
    this.vault = vault;
    this.api = api;
    this.live = live;
    this.session = session;
    this.passkeys = passkeys;
    this.onlyMe = onlyMe;
    this.candle = candle;
    this.router = router;
    this.journals = new Journals(session, api, live, vault, onlyMe);
    this.naming = new Naming(session, this.journals);
    this.finding = new Finding(session, this.journals);
    this.answers = new Answers(this);
    this.table = new Table(this);
    this.deck = new Deck(this);
    this.rest = new Rest(this);
    this.messages = new Messages(api);
    this.reminders = new Reminders(this);
    this.signals = new Signals(this);
    this.ways = new Ways(this);
    this.returns = new Returns(this);
    this.days = new Days(this);
    this.warnings = new Warnings(this);
    this.rituals = new Rituals(this);
    watchTalk(this);
    watchReminders(this);
    watchForTheEnd(this);
    watchDoubts(this);
  }
}
