/** Inviting, accepting and confirming: what is sealed for whom (protocol §7). Knows no DOM. */

import { makeTag } from "../crypto/author-tag.js";
import { b64, randomBytes, unb64 } from "../crypto/bytes.js";
import { aad, openJson, sealJson } from "../crypto/envelope.js";
import {
  checkProof,
  inviteKeys,
  inviteVerifier,
  makeInvite,
  proof,
  safetyIndexes,
} from "../crypto/invite.js";
import { spaceKeys, unwrapSpaceKey, wrapSpaceKey } from "../crypto/keys.js";
import { now } from "../journals/journal.js";
import { JOINING } from "../net/answers.js";

const HELLO = 0x20;
const PIN = 0x13;

/**
 * @typedef {import("../session/session.js").Session} Session
 * @typedef {import("../net/api.js").Api} Api
 * @typedef {import("../crypto/invite.js").Invite} Invite
 */

/** Somebody answers who does not hold the key, or is not who the server says. */
export class NotTheOne extends Error {
  error = "not-the-one";
}

/**
 * Seal the name that one wants the other to see.
 * @param {Session} session
 * @param {CryptoKey} key the space's key for data
 * @param {Uint8Array} space
 * @param {string} name
 */
async function hello(session, key, space, name) {
  const id = randomBytes(16);
  const fields = { scopeId: space, recordId: id, authorId: session.id, rev: 1 };
  const box = await sealJson(key, HELLO, fields, { type: "hello", at: now(), name });
  const tag = await makeTag(session.opened.authorTag, aad(HELLO, fields), box);
  return { id: b64(id), box: b64(box), tag: b64(tag) };
}

/**
 * Seal the pin: from now on only this partner is taken for the partner.
 * @param {Session} session
 * @param {Uint8Array} space
 * @param {string} partner
 * @param {string} name
 */
async function pin(session, space, partner, name) {
  const fields = { scopeId: session.id, recordId: space, authorId: session.id, rev: 1 };
  const document = { type: "pin", at: now(), space: b64(space), partner, name };
  return b64(await sealJson(session.opened.ledger, PIN, fields, document));
}

/** @param {Session} session @param {Uint8Array} space */
function holder(session, space) {
  return { scopeId: space, recordId: session.id, authorId: session.id };
}

/**
 * Make an invitation, with a space and a key of its own.
 * @param {Session} session
 * @param {Api} api
 * @param {{ name: string, language: string, days: number }} how
 * @returns {Promise<{ invite: Invite, closes: string }>}
 */
export async function makeInvitation(session, api, { name, language, days }) {
  const invite = makeInvite();
  const space = randomBytes(16);
  const raw = randomBytes(32);
  const { kek, auth } = await inviteKeys(invite.secret, invite.id);
  const invited = { scopeId: invite.id, recordId: space, authorId: session.id };
  const wrap = await wrapSpaceKey(0x04, kek, invited, raw);
  const own = await wrapSpaceKey(0x05, session.opened.wrap, holder(session, space), raw);
  const keys = await spaceKeys(raw);
  const { closes } = await api.post("/invitations", {
    id: b64(invite.id),
    space: b64(space),
    verifier: b64(await inviteVerifier(auth)),
    wrap: b64(wrap),
    own: b64(own),
    hello: await hello(session, keys.data, space, name),
    language,
    days,
  });
  await session.refresh();
  return { invite, closes };
}

/**
 * Open an invitation: learn who invites.
 * @param {Session} session
 * @param {Api} api
 * @param {Invite} invite
 */
export async function openInvitation(session, api, invite) {
  const { kek, auth } = await inviteKeys(invite.secret, invite.id);
  const opened = await api.post("/invitations/opening", { id: b64(invite.id), auth: b64(auth) });
  const space = unb64(opened.space, 16);
  const inviter = unb64(opened.inviter, 16);
  const invited = { scopeId: invite.id, recordId: space, authorId: inviter };
  const raw = await unwrapSpaceKey(0x04, kek, invited, unb64(opened.wrap));
  const own = await wrapSpaceKey(0x05, session.opened.wrap, holder(session, space), raw);
  const keys = await spaceKeys(raw);
  const name = await nameIn(keys.data, space, opened.hello, opened.inviter);
  return { invite, auth, space, inviter, keys, own, name };
}

/**
 * Read the name in a hello.
 * @param {CryptoKey} key
 * @param {Uint8Array} space
 * @param {import("../net/types.js").WireEntry} wire
 * @param {string} author whose it must be
 * @returns {Promise<string>}
 */
async function nameIn(key, space, wire, author) {
  if (wire.author !== author) throw new NotTheOne();
  const fields = {
    scopeId: space,
    recordId: unb64(wire.id, 16),
    authorId: unb64(author, 16),
    rev: wire.rev,
  };
  const document = await openJson(key, HELLO, fields, unb64(wire.box));
  return document.type === "hello" ? String(document.name) : "";
}

/**
 * Come in, as far as the door.
 * @param {Session} session
 * @param {Api} api
 * @param {Awaited<ReturnType<typeof openInvitation>>} opened
 * @param {string} name
 */
export async function acceptInvitation(session, api, opened, name) {
  const { invite, auth, space, inviter, keys, own } = opened;
  await api.post("/invitations/acceptance", {
    id: b64(invite.id),
    auth: b64(auth),
    wrap: b64(own),
    hello: await hello(session, keys.data, space, name),
    pin: await pin(session, space, b64(inviter), opened.name),
    proof: b64(await proof(keys.member, invite.id, inviter, session.id)),
  });
  await session.refresh();
}

/**
 * What both see at the door: `partner` is whom the words are of, `indexes` the words.
 * @typedef {{ name: string, indexes: number[], language: string, inviting: boolean,
 *   partner: string }} Door
 */

/**
 * Who stands at the door, and the four words both should see. For the inviter the proof is
 * checked first.
 * @param {Session} session
 * @returns {Promise<Door>}
 */
export async function atTheDoor(session) {
  const { space } = session.known;
  const open = session.spaces.current;
  if (!space || !open || !JOINING(space)) throw new NotTheOne();
  const inviting = space.inviter === session.known.id;
  if (inviting) {
    const given = unb64(space.proof ?? "");
    const invite = unb64(space.invitation ?? "", 16);
    const right = await checkProof(open.keys.member, invite, session.id, open.partner, given);
    if (!right) throw new NotTheOne();
  }
  const theirs = space.hellos.find((one) => one.author === space.partner);
  if (!theirs) throw new NotTheOne();
  const name = await nameIn(open.keys.data, open.id, theirs, space.partner);
  const indexes = await safetyIndexes(open.keys.root, session.id, open.partner, open.id);
  return { name, indexes, language: space.language, inviting, partner: space.partner };
}

/**
 * The inviter says yes to whom they have seen at the door, and to nobody else.
 * @param {Session} session
 * @param {Api} api
 * @param {Door} door
 */
export async function confirmJoining(session, api, { name, partner }) {
  const { space } = session.known;
  const open = session.spaces.current;
  if (!space?.invitation || !open || b64(open.partner) !== partner) throw new NotTheOne();
  await api.post("/invitations/confirmation", {
    id: space.invitation,
    pin: await pin(session, open.id, partner, name),
  });
  await session.refresh();
}
