/**
 * The time that two people share: the server's, learned from the ordinary `Date` header of its
 * answers. A device whose own clock is days off lights, signals and writes at the right moment all
 * the same, and is told about its clock. Knows no DOM. Says "changed" when `farOff` has changed.
 * What stays on one device (idleness, a wait before the next try) goes by that device's own clock.
 */

const SECOND_MS = 1000; // the header is cut to whole seconds (RFC 9110, 5.6.7)
const FAR_OFF_MS = 60 * 60 * SECOND_MS; // less is corrected without a word

export class Clock extends EventTarget {
  constructor() {
    super();
    /** Milliseconds to add to this device's clock. */
    this.offset = 0;
  }

  /**
   * Milliseconds since 1970, as the server counts them.
   * @returns {number}
   */
  get time() {
    return Date.now() + this.offset;
  }

  /**
   * The same as a date; its hours are those of the place where the device is.
   * @returns {Date}
   */
  get date() {
    return new Date(this.time);
  }

  /** Whether this device's own clock is an hour or more from the server's. */
  get farOff() {
    return Math.abs(this.offset) >= FAR_OFF_MS;
  }

  /**
   * Learn from an answer. All that it tells is that at some moment between the question and the
   * answer the server's clock showed that second; the offset moves only as far as that demands,
   * so a slow answer does not make it worse.
   * @param {string | null} header the `Date` of the answer
   * @param {number} asked when the question was sent, by `Date.now()`
   */
  learn(header, asked) {
    const told = Date.parse(header ?? "");
    const answered = Date.now();
    if (Number.isNaN(told) || answered < asked) return; // or this device's clock was set meanwhile
    const before = this.farOff;
    const [least, most] = [told - answered, told + SECOND_MS - asked];
    this.offset = Math.min(Math.max(this.offset, least), most);
    if (this.farOff !== before) this.dispatchEvent(new Event("changed"));
  }
}

/** The one clock of the page. */
export const clock = new Clock();

/**
 * The time that two people share, with this place's offset (RFC 3339).
 * @returns {string}
 */
export function timestamp() {
  const date = clock.date;
  const offset = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
  const two = (/** @type {number} */ number) =>
    String(Math.floor(Math.abs(number))).padStart(2, "0");
  return `${local}${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
}
