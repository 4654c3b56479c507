/**
 * Syncs the reminders for "Tell me the day before" to the server while push messages reach this
 * device: a bare moment and no content. A reminder moves, or is deleted, with its day from any
 * device. Where no messages come, the candle page shows the day when it is opened. Knows no DOM.
 */

import { clock } from "../clock.js";
import { toMinute } from "../morning.js";
import { toBase64Url } from "../crypto/bytes.js";
import { namedId } from "../crypto/named.js";
import { CoalescedTask } from "../coalesced-task.js";
import { ApiError } from "../net/api.js";
import { reminderMoment } from "./recurrence.js";

const FAR_MS = 390 * 24 * 60 * 60 * 1000; // the server takes none that is further away

/** @typedef {{ reminder: string, moment: string }} Handed */

export class DayReminders {
  /** @param {import("../services.js").Services} app */
  constructor(app) {
    this.app = app;
    this.none = false; // none is wanted on this device any more: another hands over its own again
    this.syncTask = new CoalescedTask(() => this.sync());
    app.days.addEventListener("changed", () => void this.syncTask.schedule());
  }

  /**
   * Messages come to this device from now on, or none do.
   * @param {boolean} wanted
   */
  async setPushEnabled(wanted) {
    this.none = !wanted;
    await this.syncTask.schedule();
  }

  /** Let the server know what is wanted now, and no more. */
  async sync() {
    const { days, resurfacing, pushMessages, session } = this.app;
    if (session.state !== "unlocked" || !days.isComplete || !resurfacing.map) return;
    const { handedReminders } = resurfacing;
    const wanted = this.none ? new Map() : await this.wanted();
    this.none = false;
    /** @type {Promise<boolean> | undefined} */
    let here;
    for (const day of new Set([...handedReminders.keys(), ...wanted.keys()])) {
      const [before, next] = [handedReminders.get(day), wanted.get(day)];
      if (before === next?.reminder) continue;
      if (!before && !(await (here ??= pushMessages.isSubscribedOnThisDevice()))) continue;
      // The candle page says it on opening, and it is tried again then.
      await this.moveReminder(day, before, next).catch(() => {});
    }
  }

  /**
   * What is wanted, by the day's id.
   * @returns {Promise<Map<string, Handed>>}
   */
  async wanted() {
    const { days, resurfacing, journals, session } = this.app;
    const marks = resurfacing.states;
    const now = clock.date;
    /** @type {Map<string, Handed>} */
    const wanted = new Map();
    for (const day of days.all) {
      const coming = reminderMoment(day, marks.get(day.id) ?? {}, now);
      if (!coming || coming.getTime() - now.getTime() > FAR_MS) continue;
      const moment = toMinute(coming);
      const name = `reminder/${day.id}/${moment}`; // every device of one's own hands over the same
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
  async moveReminder(day, before, next) {
    const { api, resurfacing } = this.app;
    if (before) {
      await api.delete(`/reminders/${before}`).catch((error) => {
        if (!(error instanceof ApiError && error.error === "not_found")) throw error; // it has come
      });
    }
    if (next) await api.put(`/reminders/${next.reminder}`, { moment: next.moment });
    await resurfacing.setHandedReminder(day, next?.reminder);
  }
}
