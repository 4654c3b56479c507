/**
 * What every answer of the API and every live event must look like (docs/protocol.md §16, §17).
 * Looked up once, where they come in; what stands behind may then rely on it.
 */

import { EVENTS } from "./events.js";
import {
  anything,
  bool,
  bytes,
  bytesOf,
  either,
  id,
  list,
  moment,
  nothing,
  object,
  oneOf,
  orNull,
  perhaps,
  text,
  whole,
} from "./shapes.js";

/** @typedef {import("./shapes.js").Check} Check */

/** An answer or an event that is not what the protocol says: nothing of it is used. */
export class BadAnswer extends Error {
  error = "bad-answer";
}

const wrap = bytesOf(124);
const hash = bytesOf(32);
const device = oneOf("phone", "tablet", "computer", "other");
const box = object({ rev: whole, box: bytes });

// Of a space, an archive and an invitation only that they are objects: each is looked at by
// itself in session/space-keys.js, so that one that makes no sense closes nothing else.
export const ME = object({
  id,
  login: text,
  seed: bytesOf(16),
  wrap,
  version: whole,
  sheet: bool,
  recovered: orNull(text),
  space: orNull(object({})),
  archives: list(object({})),
  invitations: list(object({ id, space: id, closes: moment, claimed: bool })),
});
const place = { id, author: id, rev: whole, born: whole, place: whole };
export const ENTRY = object({
  ...place,
  box: bytes,
  tag: perhaps(bytes),
  gone: perhaps(oneOf(false)),
});
const TOMBSTONE = object({ ...place, gone: oneOf(true) });
export const HELLO = object({ id, author: id, rev: whole, box: bytes });
const pinned = { id, partner: id, wrap, pin: orNull(box) };
export const ARCHIVE = object({ ...pinned, told: bool });
export const SPACE = object({
  ...pinned,
  state: oneOf("joining", "active"),
  inviter: id,
  language: text,
});
export const JOINING = object({ invitation: orNull(id), proof: orNull(hash), hellos: list(HELLO) });
export const CANDLE = object({
  scope: id,
  candle: orNull(id),
  revision: whole,
  until: orNull(moment),
  flames: list(object({ member: id, words: orNull(box) })),
});
const answer = { id, author: id, rev: whole, share: hash, box: bytes, tag: hash };
const PAIR = object({
  ref: id,
  revealed: bool,
  mine: orNull(object({ ...answer, quiet: bool, open: bool })),
  theirs: orNull(either(object(answer), object({ here: oneOf(true) }))),
});
const PAIRS = object({ answers: list(PAIR) });
const signals = list(object({ author: id, rev: whole, box: bytes, tag: bytes }));
const SIGNALS = object({ signals });
const REST = object({
  mine: orNull(object({ until: orNull(moment), visible: bool })),
  theirs: bool,
});
const STATE = object({
  me: ME,
  candle: CANDLE,
  rest: REST,
  signals,
  journals: list(object({ id, place: whole })),
});
const REMINDER = object({ id, moment });
const MESSAGES = object({ key: bytes, here: orNull(object({ events: bool, address: text })) });
const PASSKEY = object({ id: bytes, wrap, since: text, device });
const HELD = object({ sha256: hash, place: whole, born: whole });

/** @type {[string, RegExp, Check][]} method, address behind `/api`, shape */
const ANSWERS = [
  ["GET", /^\/sign-up$/, object({ policy: text })],
  ["POST", /^\/seed$/, object({ seed: bytesOf(16) })],
  ["GET|POST", /^\/(me|accounts|recovery|invitations\/(acceptance|confirmation))$/, ME],
  ["GET", /^\/state$/, STATE],
  ["POST", /^\/sessions$/, ME],
  ["POST", /^\/passkeys\/sessions$/, (value) => ME(value) && wrap(value.passkey)],
  [
    "GET",
    /^\/sessions$/,
    object({ sessions: list(object({ id, here: bool, since: text, hour: moment, device })) }),
  ],
  ["PUT", /^\/password$/, object({ version: whole })],
  ["POST", /^\/recovery\/opening$/, object({ id, wrap, version: whole })],
  ["POST", /^\/passkeys\/challenges$/, object({ challenge: bytes, rp: text })],
  ["GET", /^\/passkeys$/, object({ passkeys: list(PASSKEY) })],
  ["POST", /^\/passkeys$/, PASSKEY],
  ["POST", /^\/invitations$/, object({ closes: moment })],
  [
    "POST",
    /^\/invitations\/opening$/,
    object({ space: id, inviter: id, language: text, wrap, hello: HELLO }),
  ],
  ["GET", /^\/archives\/[^/]+\/answers$/, PAIRS],
  ["DELETE", /^\/archives\/[^/]+\/answers\/[^/]+$/, PAIR],
  ["GET", /^\/journals\/[^/]+\/entries$/, object({ entries: list(ENTRY), place: whole })],
  ["GET", /^\/journals\/[^/]+\/entries\/[^/]+$/, ENTRY],
  [
    "GET",
    /^\/journals\/[^/]+\/changes$/,
    object({ entries: list(either(TOMBSTONE, ENTRY)), place: whole, more: bool }),
  ],
  ["PUT", /^\/journals\/[^/]+\/entries$/, object({ entries: list(object({ id })) })],
  ["PUT", /^\/journals\/[^/]+\/entries\/[^/]+$/, HELD],
  ["DELETE", /^\/journals\/[^/]+\/entries\/[^/]+$/, object({ place: whole })],
  ["PUT", /^\/journals\/[^/]+\/entries\/[^/]+\/attachments\/[^/]+$/, object({ sha256: hash })],
  ["GET|PUT|DELETE", /^\/candle(\/(flame|until|words))?$/, CANDLE],
  ["GET", /^\/talk\/answers$/, PAIRS],
  ["PUT|DELETE|POST", /^\/talk\/answers\/[^/]+(\/opening)?$/, PAIR],
  ["GET|PUT|DELETE", /^\/signals\/[^/]+$/, SIGNALS],
  ["GET|PUT|DELETE", /^\/rest$/, REST],
  ["GET", /^\/reminders$/, object({ reminders: list(REMINDER) })],
  ["PUT", /^\/reminders\/[^/]+$/, REMINDER],
  ["GET|PUT", /^\/push$/, MESSAGES],
];

const PAYLOADS = new Map(
  Object.entries({
    [EVENTS.candleChanged]: CANDLE,
    [EVENTS.candleHold]: object({ holding: list(id) }),
    [EVENTS.journalChanged]: object({ journal: id, place: whole }),
    [EVENTS.talkChanged]: object({ ref: id }),
    [EVENTS.signalsChanged]: anything,
    [EVENTS.ritualsStep]: object({ author: id, record: id, rev: whole, box: bytes }),
    [EVENTS.restChanged]: anything,
    [EVENTS.linkingChanged]: anything,
    [EVENTS.sessionEnded]: anything,
    [EVENTS.liveWhole]: object({ whole: bool }),
  }),
);

/**
 * The shape of an answer; `nothing` where the protocol has none (204).
 * @param {string} method
 * @param {string} path behind `/api`, with or without what is asked behind `?`
 * @returns {Check}
 */
export function shapeOf(method, path) {
  const [address = ""] = path.split("?");
  const found = ANSWERS.find(
    ([methods, pattern]) => methods.split("|").includes(method) && pattern.test(address),
  );
  return found ? found[2] : nothing;
}

/**
 * Return an answer as it came, if it is what the protocol says.
 * @template T
 * @param {string} method
 * @param {string} path behind `/api`
 * @param {T} value
 * @returns {T}
 * @throws {BadAnswer}
 */
export function checked(method, path, value) {
  if (!shapeOf(method, path)(value)) throw new BadAnswer(`${method} ${path.split("?")[0]}`);
  return value;
}

/** Whether a live event is what the protocol says. @param {string} name @param {unknown} payload */
export function isEvent(name, payload) {
  return PAYLOADS.get(name)?.(payload) ?? false;
}
