/**
 * Server time as the shared clock, learned from the `Date` header of ordinary responses. A device
 * whose own clock is days off still lights, signals and writes at the right moment, and its owner
 * is told about it. Runs without a DOM. Dispatches "changed" when `farOff` has changed. Timers that
 * matter on one device only (idleness, retries) use that device's own clock.
 */

const SECOND_MS = 1000; // the header is cut to whole seconds (RFC 9110, 5.6.7)
const FAR_OFF_MS = 60 * 60 * SECOND_MS; // a smaller difference is corrected silently

export class Clock extends EventTarget {
  constructor() {
    super();
    /** Milliseconds to add to this device's clock to get the server's. */
    this.offset = 0;
  }

  /**
   * The server's time, in milliseconds since 1970.
   * @returns {number}
   */
  get time() {
    return Date.now() + this.offset;
  }

  /**
   * The server's time as a Date, which shows it in the device's own time zone.
   * @returns {Date}
   */
  get date() {
    return new Date(this.time);
  }

  /** Whether this device's clock differs from the server's by an hour or more. */
  get farOff() {
    return Math.abs(this.offset) >= FAR_OFF_MS;
  }

  /**
   * Learn from a response. It tells only that at some moment between request and response the
   * server's clock showed that second, so the offset moves no further than that requires, and a
   * slow response does not make it worse.
   * @param {string | null} header the response's `Date`
   * @param {number} asked time of the request, by `Date.now()`
   */
  learn(header, asked) {
    const serverTime = Date.parse(header ?? "");
    const answered = Date.now();
    // answered < asked: this device's clock was set in between
    if (Number.isNaN(serverTime) || answered < asked) return;
    const before = this.farOff;
    const [least, most] = [serverTime - answered, serverTime + SECOND_MS - asked];
    this.offset = Math.min(Math.max(this.offset, least), most);
    if (this.farOff !== before) this.dispatchEvent(new Event("changed"));
  }
}

/** The clock of this page. */
export const clock = new Clock();

/**
 * Return a time with this device's time zone offset (RFC 3339), to the millisecond, so that what is
 * written within one second stays in order.
 * @param {number} [time] by the shared clock, in milliseconds since 1970; the present by default
 * @returns {string}
 */
export function timestamp(time = clock.time) {
  const offset = -new Date(time).getTimezoneOffset();
  const local = new Date(time + offset * 60_000).toISOString().slice(0, -1);
  const twoDigits = (/** @type {number} */ number) =>
    String(Math.floor(Math.abs(number))).padStart(2, "0");
  return `${local}${offset < 0 ? "-" : "+"}${twoDigits(offset / 60)}:${twoDigits(offset % 60)}`;
}
