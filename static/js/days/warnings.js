/**
 * “Tell me the day before”: where messages come to this device, the bare moment is handed to the
 * server by itself; it moves, or is taken back, with its day from any device. Where none come, the
 * candle page says it on opening. Knows no DOM.
 */

import { clock } from "../clock.js";
import { minute } from "../candle/morning.js";
import { b64 } from "../crypto/bytes.js";
import { namedId } from "../crypto/named.js";
import { Keeping } from "../journals/keeping.js";
import { ApiError } from "../net/api.js";
import { warningOf } from "./next.js";

const FAR_MS = 390 * 24 * 60 * 60 * 1000; // the server takes none that is further away

/** @typedef {{ reminder: string, moment: string }} Handed */

export class Warnings {
  /** @param {import("../app.js").App} app */
  constructor(app) {
    this.app = app;
    this.none = false; // none is wanted on this device any more: another hands over its own again
    this.settling = new Keeping(() => this.settle());
    app.days.addEventListener("changed", () => void this.settling.changed());
  }

  /** Messages come to this device from now on, or none do. @param {boolean} wanted */
  async messagesCome(wanted) {
    this.none = !wanted;
    await this.settling.changed();
  }

  /** Let the server know what is wanted now, and no more. */
  async settle() {
    const { days, returns, messages, session } = this.app;
    if (session.state !== "open" || !days.whole || !returns.thing) return;
    const { handed } = returns;
    const wanted = this.none ? new Map() : await this.wanted();
    this.none = false;
    /** @type {Promise<boolean> | undefined} */
    let here;
    for (const day of new Set([...handed.keys(), ...wanted.keys()])) {
      const [before, next] = [handed.get(day), wanted.get(day)];
      if (before === next?.reminder) continue;
      if (!before && !(await (here ??= messages.here()))) continue;
      await this.move(day, before, next).catch(() => {}); // said on opening, and tried again then
    }
  }

  /** What is wanted, by the day's id. @returns {Promise<Map<string, Handed>>} */
  async wanted() {
    const { days, returns, journals, session } = this.app;
    const marks = returns.all;
    const now = clock.date;
    /** @type {Map<string, Handed>} */
    const wanted = new Map();
    for (const day of days.all) {
      const coming = warningOf(day, marks.get(day.id) ?? {}, now);
      if (!coming || coming.getTime() - now.getTime() > FAR_MS) continue;
      const moment = minute(coming);
      const name = `reminder/${day.id}/${moment}`; // every device of one's own hands over the same
      wanted.set(day.id, {
        moment,
        reminder: b64(await namedId(journals.individual.names, session.id, name)),
      });
    }
    return wanted;
  }

  /** @param {string} day @param {string} [before] @param {Handed} [next] */
  async move(day, before, next) {
    const { api, returns } = this.app;
    if (before) {
      await api.delete(`/reminders/${before}`).catch((error) => {
        if (!(error instanceof ApiError && error.error === "not_found")) throw error; // it has come
      });
    }
    if (next) await api.put(`/reminders/${next.reminder}`, { moment: next.moment });
    await returns.hand(day, next?.reminder);
  }
}
