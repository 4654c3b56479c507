/**
 * The shape of every API response and every live event (docs/protocol.md §16, §17). It is checked
 * once, on arrival, so that all other code may rely on it.
 */

import { EVENTS } from "./events.js";
import {
  anything,
  bool,
  bytes,
  bytesOf,
  anyOf,
  id,
  arrayOf,
  timestamp,
  nothing,
  object,
  oneOf,
  nullable,
  optional,
  text,
  natural,
} from "./shapes.js";

/** @typedef {import("./shapes.js").Check} Check */

/** A response or an event that does not match the protocol: none of it is used. */
export class InvalidResponseError extends Error {
  error = "bad-answer";
}

const wrap = bytesOf(124);
const hash = bytesOf(32);
const device = oneOf("phone", "tablet", "computer", "other");
const box = object({ rev: natural, box: bytes });

// Spaces, archives and invitations are only checked to be objects here. Each is validated on its
// own in session/space-keys.js, so that an invalid one does not prevent the others from opening.
export const ME = object({
  id,
  login: text,
  seed: bytesOf(16),
  wrap,
  version: natural,
  sheet: bool,
  recovered: nullable(text),
  space: nullable(object({})),
  archives: arrayOf(object({})),
  invitations: arrayOf(object({ id, space: id, closes: timestamp, claimed: bool })),
});
const place = { id, author: id, rev: natural, born: natural, place: natural };
export const ENTRY = object({
  ...place,
  box: bytes,
  tag: optional(bytes),
  gone: optional(oneOf(false)),
});
const TOMBSTONE = object({ ...place, gone: oneOf(true) });
const write = { id, author: id, rev: natural, place: natural };
const WRITE = anyOf(object({ ...write, gone: oneOf(true) }), object({ ...write, sha256: hash }));
export const HELLO = object({ id, author: id, rev: natural, box: bytes });
const pinned = { id, partner: id, wrap, pin: nullable(box) };
export const ARCHIVE = object({ ...pinned, told: bool });
export const SPACE = object({
  ...pinned,
  state: oneOf("joining", "active"),
  inviter: id,
  language: text,
});
export const JOINING = object({
  invitation: nullable(id),
  proof: nullable(hash),
  hellos: arrayOf(HELLO),
});
export const CANDLE = object({
  scope: id,
  candle: nullable(id),
  revision: natural,
  until: nullable(timestamp),
  flames: arrayOf(object({ member: id, words: nullable(box) })),
});
const answer = { id, author: id, rev: natural, share: hash, box: bytes, tag: hash };
const PAIR = object({
  ref: id,
  revealed: bool,
  mine: nullable(object({ ...answer, quiet: bool, open: bool })),
  theirs: nullable(anyOf(object(answer), object({ here: oneOf(true) }))),
});
const PAIRS = object({ answers: arrayOf(PAIR) });
const signals = arrayOf(object({ author: id, rev: natural, box: bytes, tag: bytes }));
const SIGNALS = object({ signals });
const REST = object({
  mine: nullable(object({ until: nullable(timestamp), visible: bool })),
  theirs: bool,
});
const STATE = object({
  me: ME,
  candle: CANDLE,
  rest: REST,
  signals,
  journals: arrayOf(object({ id, place: natural })),
});
const REMINDER = object({ id, moment: timestamp });
const MESSAGES = object({ key: bytes, here: nullable(object({ events: bool, address: text })) });
const PASSKEY = object({ id: bytes, wrap, since: text, device });
const HELD = object({ sha256: hash, place: natural, born: natural });

/** @type {[string, RegExp, Check][]} method, path below `/api`, shape */
const RESPONSES = [
  ["GET", /^\/sign-up$/, object({ policy: text })],
  ["POST", /^\/seed$/, object({ seed: bytesOf(16) })],
  ["GET|POST", /^\/(me|accounts|recovery|invitations\/(acceptance|confirmation))$/, ME],
  ["GET", /^\/state$/, STATE],
  ["POST", /^\/sessions$/, ME],
  ["POST", /^\/passkeys\/sessions$/, (value) => ME(value) && wrap(value.passkey)],
  [
    "GET",
    /^\/sessions$/,
    object({ sessions: arrayOf(object({ id, here: bool, since: text, hour: timestamp, device })) }),
  ],
  ["PUT", /^\/password$/, object({ version: natural })],
  ["POST", /^\/recovery\/opening$/, object({ id, wrap, version: natural })],
  ["POST", /^\/passkeys\/challenges$/, object({ challenge: bytes, rp: text })],
  ["GET", /^\/passkeys$/, object({ passkeys: arrayOf(PASSKEY) })],
  ["POST", /^\/passkeys$/, PASSKEY],
  ["POST", /^\/invitations$/, object({ closes: timestamp })],
  [
    "POST",
    /^\/invitations\/opening$/,
    object({ space: id, inviter: id, language: text, wrap, hello: HELLO }),
  ],
  ["GET", /^\/archives\/[^/]+\/answers$/, PAIRS],
  ["DELETE", /^\/archives\/[^/]+\/answers\/[^/]+$/, PAIR],
  ["GET", /^\/journals\/[^/]+\/entries$/, object({ entries: arrayOf(ENTRY), place: natural })],
  ["GET", /^\/journals\/[^/]+\/entries\/[^/]+$/, ENTRY],
  [
    "GET",
    /^\/journals\/[^/]+\/changes$/,
    object({ entries: arrayOf(anyOf(TOMBSTONE, ENTRY)), place: natural, more: bool }),
  ],
  [
    "GET",
    /^\/journals\/[^/]+\/history$/,
    object({ start: natural, writes: arrayOf(WRITE), place: natural, more: bool }),
  ],
  ["PUT", /^\/journals\/[^/]+\/entries$/, object({ entries: arrayOf(object({ id })) })],
  ["PUT", /^\/journals\/[^/]+\/entries\/[^/]+$/, HELD],
  ["DELETE", /^\/journals\/[^/]+\/entries\/[^/]+$/, object({ place: natural })],
  ["PUT", /^\/journals\/[^/]+\/entries\/[^/]+\/attachments\/[^/]+$/, object({ sha256: hash })],
  ["GET|PUT|DELETE", /^\/candle(\/(flame|until|words))?$/, CANDLE],
  ["GET", /^\/talk\/answers$/, PAIRS],
  ["PUT|DELETE|POST", /^\/talk\/answers\/[^/]+(\/opening)?$/, PAIR],
  ["GET|PUT|DELETE", /^\/signals\/[^/]+$/, SIGNALS],
  ["GET|PUT|DELETE", /^\/rest$/, REST],
  ["GET", /^\/reminders$/, object({ reminders: arrayOf(REMINDER) })],
  ["PUT", /^\/reminders\/[^/]+$/, REMINDER],
  ["GET|PUT", /^\/push$/, MESSAGES],
];

const PAYLOADS = new Map(
  Object.entries({
    [EVENTS.candleChanged]: CANDLE,
    [EVENTS.candleHold]: object({ holding: arrayOf(id) }),
    [EVENTS.journalChanged]: object({ journal: id, place: natural }),
    [EVENTS.talkChanged]: object({ ref: id }),
    [EVENTS.signalsChanged]: anything,
    [EVENTS.ritualsStep]: object({ author: id, record: id, rev: natural, box: bytes }),
    [EVENTS.restChanged]: anything,
    [EVENTS.linkingChanged]: anything,
    [EVENTS.sessionEnded]: anything,
    [EVENTS.liveWhole]: object({ whole: bool }),
  }),
);

/**
 * Return the shape of a response; `nothing` where the protocol has none (204).
 * @param {string} method
 * @param {string} path below `/api`, with or without a query
 * @returns {Check}
 */
export function shapeOf(method, path) {
  const [address = ""] = path.split("?");
  const found = RESPONSES.find(
    ([methods, pattern]) => methods.split("|").includes(method) && pattern.test(address),
  );
  return found ? found[2] : nothing;
}

/**
 * Return a response unchanged if it matches the protocol.
 * @template T
 * @param {string} method
 * @param {string} path below `/api`
 * @param {T} value
 * @returns {T}
 * @throws {InvalidResponseError}
 */
export function checkResponse(method, path, value) {
  if (!shapeOf(method, path)(value))
    throw new InvalidResponseError(`${method} ${path.split("?")[0]}`);
  return value;
}

/**
 * Whether a live event matches the protocol.
 * @param {string} name
 * @param {unknown} payload
 */
export function isEvent(name, payload) {
  return PAYLOADS.get(name)?.(payload) ?? false;
}
