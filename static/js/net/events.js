/**
 * The names of the live events: docs/protocol.md §17, shared_space/live/events.py and the events.py
 * of each feature.
 */

export const EVENTS = Object.freeze({
  candleChanged: "candle:changed",
  candleHold: "candle:hold",
  journalChanged: "journal:changed",
  talkChanged: "talk:changed",
  signalsChanged: "signals:changed",
  ritualsStep: "rituals:step",
  restChanged: "rest:changed",
  linkingChanged: "linking:changed",
  sessionEnded: "session:ended",
  liveWhole: "live:whole",
});
