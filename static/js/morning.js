/** Computes until when a candle burns. Runs without a DOM; the current time is a parameter. */

const HOUR_MS = 60 * 60 * 1000;
const MORNING = 7; // o'clock, local time
const NIGHT_ENDS = 5; // a candle lit after this burns through the next night
const FULL_HOURS = 12; // a candle is whole while at least this much time is left

/**
 * Return the morning until which a candle burns that is lit now.
 * @param {Date} now
 * @param {number} [nights] additional nights
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
 * Format a moment as it is sent: UTC, to the minute.
 * @param {Date} moment
 * @returns {string}
 */
export function toMinute(moment) {
  return `${moment.toISOString().slice(0, 16)}Z`;
}

/**
 * Return the fraction of the candle that is left, 1 to 0. The time of lighting is stored nowhere,
 * so the candle is whole until twelve hours are left, and then burns down in proportion.
 * @param {Date} until
 * @param {Date} now
 */
export function remaining(until, now) {
  const hours = (until.getTime() - now.getTime()) / HOUR_MS;
  return Math.min(1, Math.max(0, hours / FULL_HOURS));
}

/**
 * Whether the candle ends on the coming morning.
 * @param {Date} until
 * @param {Date} now
 */
export function endsInTheMorning(until, now) {
  return until.getTime() <= morningAfter(now).getTime() + HOUR_MS / 4;
}
