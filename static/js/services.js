/** All services. Created once, lazily, when a screen that is not `core` is first opened. */

import { Search } from "./search/search.js";
import { PLAN_ENTRIES } from "./content/lists.js";
import { Journals } from "./replica/journals.js";
import { OfflineCopy } from "./replica/offline-copy.js";
import { Naming } from "./naming/naming.js";
import { Days } from "./days/days.js";
import { Resurfacing } from "./days/resurfacing.js";
import { DayReminders } from "./days/day-reminders.js";
import { watchSpaceDoubts } from "./linking/space-doubts-panel.js";
import { watchSpaceEnded } from "./linking/space-ended-banner.js";
import { Rituals } from "./rituals/rituals.js";
import { watchReturned } from "./entries/returned-banner.js";
import { watchReminderBanner } from "./reminders/reminder-banner.js";
import { PushMessages } from "./reminders/push-messages.js";
import { Reminders } from "./reminders/reminders.js";
import { Rest } from "./rest/rest.js";
import { Signals } from "./signals/signals.js";
import { watchTalkTab } from "./signals/talk-tab.js";
import { AnswerStore } from "./talk/answer-store.js";
import { Deck } from "./talk/deck.js";
import { CurrentQuestion } from "./talk/current-question.js";
import { Ways } from "./ways/ways.js";
import { deliverDueLetters } from "./letters/deliver-letters.js";

export class Services {
  /** @param {import("./core-services.js").CoreServices} hall */
  constructor({ deviceStore, api, live, session, passkeys, pinLock, candle, router }) {
    this.deviceStore = deviceStore;
    this.api = api;
    this.live = live;
    this.session = session;
    this.passkeys = passkeys;
    this.pinLock = pinLock;
    this.candle = candle;
    this.router = router;
    this.journals = new Journals(session, api, live, deviceStore, pinLock);
    this.naming = new Naming(session, this.journals);
    this.search = new Search(session, this.journals);
    this.answers = new AnswerStore(this);
    this.currentQuestion = new CurrentQuestion(this);
    this.deck = new Deck(this);
    this.rest = new Rest(this);
    this.pushMessages = new PushMessages(api);
    this.reminders = new Reminders(this);
    this.signals = new Signals(this);
    this.ways = new Ways(this);
    this.offlineCopy = new OfflineCopy(this.journals, PLAN_ENTRIES);
    this.resurfacing = new Resurfacing(this, deliverDueLetters);
    this.days = new Days(this);
    this.dayReminders = new DayReminders(this);
    this.rituals = new Rituals(this);
    watchTalkTab(this);
    watchReminderBanner(this);
    watchReturned(this);
    watchSpaceEnded(this);
    watchSpaceDoubts(this);
  }
}
