/**
 * Syncs the reminders for "Tell me the day before" to the server while push messages are enabled on
 * this device: only a moment, no content. A reminder is moved or deleted with its day, from any
 * device. Where push messages are disabled, the candle screen shows the day when it is opened. Runs
 * without a DOM.
 */

import { clock } from "../clock.js";
import { toMinute } from "../morning.js";
import { toBase64Url } from "../crypto/bytes.js";
import { namedId } from "../crypto/named.js";
import { CoalescedTask } from "../coalesced-task.js";
import { ApiError } from "../net/api.js";
import { reminderMoment } from "./recurrence.js";

const FAR_MS = 390 * 24 * 60 * 60 * 1000; // the server accepts none further ahead

/** @typedef {{ reminder: string, moment: string }} Handed */

export class DayReminders {
  #app;
  #none = false; // disabled on this device; other devices hand theirs over again

  /** @param {import("../services.js").Services} app */
  constructor(app) {
    this.#app = app;
    this.syncTask = new CoalescedTask(() => this.#sync());
    app.days.addEventListener("changed", () => void this.syncTask.schedule());
  }

  /**
   * Set whether push messages are enabled on this device.
   * @param {boolean} wanted
   */
  async setPushEnabled(wanted) {
    this.#none = !wanted;
    await this.syncTask.schedule();
  }

  /** Send the server the differences between the reminders it has and the ones that are wanted. */
  async #sync() {
    const { days, resurfacing, pushMessages, session } = this.#app;
    if (session.state !== "unlocked" || !days.isComplete || !resurfacing.map) return;
    const { handedReminders } = resurfacing;
    const wanted = this.#none ? new Map() : await this.#wanted();
    this.#none = false;
    /** @type {Promise<boolean> | undefined} */
    let subscribed;
    for (const day of new Set([...handedReminders.keys(), ...wanted.keys()])) {
      const [before, next] = [handedReminders.get(day), wanted.get(day)];
      if (before === next?.reminder) continue;
      if (!before && !(await (subscribed ??= pushMessages.isSubscribedOnThisDevice()))) continue;
      // The candle screen shows the day on opening, and the sync is tried again then.
      await this.#moveReminder(day, before, next).catch(() => {});
    }
  }

  /**
   * Return the wanted reminders by day id.
   * @returns {Promise<Map<string, Handed>>}
   */
  async #wanted() {
    const { days, resurfacing, journals, session } = this.#app;
    const marks = resurfacing.states;
    const now = clock.date;
    /** @type {Map<string, Handed>} */
    const wanted = new Map();
    for (const day of days.all) {
      const coming = reminderMoment(day, marks.get(day.id) ?? {}, now);
      if (!coming || coming.getTime() - now.getTime() > FAR_MS) continue;
      const moment = toMinute(coming);
      // every device of the member hands over the same reminder
      const name = `reminder/${day.id}/${moment}`;
      wanted.set(day.id, {
        moment,
        reminder: toBase64Url(await namedId(journals.individual.names, session.id, name)),
      });
    }
    return wanted;
  }

  /**
   * @param {string} day
   * @param {string} [before]
   * @param {Handed} [next]
   */
  async #moveReminder(day, before, next) {
    const { api, resurfacing } = this.#app;
    if (before) {
      await api.delete(`/reminders/${before}`).catch((error) => {
        // its moment has passed
        if (!(error instanceof ApiError && error.error === "not_found")) throw error;
      });
    }
    if (next) await api.put(`/reminders/${next.reminder}`, { moment: next.moment });
    await resurfacing.setHandedReminder(day, next?.reminder);
  }
}
