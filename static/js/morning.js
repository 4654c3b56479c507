/** Until when a candle burns. Knows no DOM, and no clock but the one it is given. */

const HOUR_MS = 60 * 60 * 1000;
const MORNING = 7; // o'clock, where the person is
const NIGHT_ENDS = 5; // who lights one after this means the next night
const FULL_HOURS = 12; // a candle is whole while this much time is left

/**
 * The morning until which a candle burns that is lit now.
 * @param {Date} now
 * @param {number} [nights] further ones
 * @returns {Date}
 */
export function morningAfter(now, nights = 0) {
  const morning = new Date(now);
  morning.setHours(MORNING, 0, 0, 0);
  if (now.getHours() >= NIGHT_ENDS) morning.setDate(morning.getDate() + 1);
  morning.setDate(morning.getDate() + nights);
  return morning;
}

/**
 * As it travels: UTC, to the minute.
 * @param {Date} moment
 * @returns {string}
 */
export function toMinute(moment) {
  return `${moment.toISOString().slice(0, 16)}Z`;
}

/**
 * How much of it is left, 1 to 0. When it was lit is stored nowhere: it is whole until twelve
 * hours are left, and then burns down with them.
 * @param {Date} until
 * @param {Date} now
 */
export function remaining(until, now) {
  const hours = (until.getTime() - now.getTime()) / HOUR_MS;
  return Math.min(1, Math.max(0, hours / FULL_HOURS));
}

/**
 * Whether it ends with the coming morning.
 * @param {Date} until
 * @param {Date} now
 */
export function endsInTheMorning(until, now) {
  return until.getTime() <= morningAfter(now).getTime() + HOUR_MS / 4;
}
