/**
 * Inviting, accepting and confirming a link, with all that is sealed for it (protocol §7). Runs
 * without a DOM.
 */

import { makeTag } from "../crypto/author-tag.js";
import { toBase64Url, randomBytes, fromBase64Url } from "../crypto/bytes.js";
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
import { JOINING } from "../net/response-shapes.js";
import { Kind } from "../crypto/kinds.js";
import { timestamp } from "../clock.js";

/**
 * @typedef {import("../session/session.js").Session} Session
 * @typedef {import("../net/api.js").Api} Api
 * @typedef {import("../crypto/invite.js").Invite} Invite
 */

/** The peer does not hold the key, or is not the member that the server named. */
export class PeerMismatchError extends Error {
  error = "not-the-one";
}

/**
 * Seal the name under which the member wants to be seen by the partner.
 * @param {Session} session
 * @param {CryptoKey} key the space's key for data
 * @param {Uint8Array} space
 * @param {string} name
 */
async function sealHello(session, key, space, name) {
  const id = randomBytes(16);
  const fields = { scopeId: space, recordId: id, authorId: session.id, rev: 1 };
  const box = await sealJson(key, Kind.SHARED_ENTRY, fields, {
    type: "hello",
    at: timestamp(),
    name,
  });
  const tag = await makeTag(session.unlockedKeys.authorTag, aad(Kind.SHARED_ENTRY, fields), box);
  return { id: toBase64Url(id), box: toBase64Url(box), tag: toBase64Url(tag) };
}

/**
 * Seal the pin, after which only this account is accepted as the partner.
 * @param {Session} session
 * @param {Uint8Array} space
 * @param {string} partner
 * @param {string} name
 */
async function sealPin(session, space, partner, name) {
  const fields = { scopeId: session.id, recordId: space, authorId: session.id, rev: 1 };
  const document = { type: "pin", at: timestamp(), space: toBase64Url(space), partner, name };
  return toBase64Url(await sealJson(session.unlockedKeys.ledger, Kind.PIN, fields, document));
}

/**
 * @param {Session} session
 * @param {Uint8Array} space
 */
function wrapFields(session, space) {
  return { scopeId: space, recordId: session.id, authorId: session.id };
}

/**
 * Create an invitation, with a new space and its key.
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
  const wrap = await wrapSpaceKey(Kind.INVITATION_WRAP, kek, invited, raw);
  const own = await wrapSpaceKey(
    Kind.SPACE_WRAP,
    session.unlockedKeys.wrap,
    wrapFields(session, space),
    raw,
  );
  const keys = await spaceKeys(raw);
  const { closes } = await api.post("/invitations", {
    id: toBase64Url(invite.id),
    space: toBase64Url(space),
    verifier: toBase64Url(await inviteVerifier(auth)),
    wrap: toBase64Url(wrap),
    own: toBase64Url(own),
    hello: await sealHello(session, keys.data, space, name),
    language,
    days,
  });
  await session.refresh();
  return { invite, closes };
}

/**
 * Open an invitation and learn the inviter's name.
 * @param {Session} session
 * @param {Api} api
 * @param {Invite} invite
 */
export async function openInvitation(session, api, invite) {
  const { kek, auth } = await inviteKeys(invite.secret, invite.id);
  const opened = await api.post("/invitations/opening", {
    id: toBase64Url(invite.id),
    auth: toBase64Url(auth),
  });
  const space = fromBase64Url(opened.space, 16);
  const inviter = fromBase64Url(opened.inviter, 16);
  const invited = { scopeId: invite.id, recordId: space, authorId: inviter };
  const raw = await unwrapSpaceKey(Kind.INVITATION_WRAP, kek, invited, fromBase64Url(opened.wrap));
  const own = await wrapSpaceKey(
    Kind.SPACE_WRAP,
    session.unlockedKeys.wrap,
    wrapFields(session, space),
    raw,
  );
  const keys = await spaceKeys(raw);
  const name = await openHello(keys.data, space, opened.hello, opened.inviter);
  return { invite, auth, space, inviter, keys, own, name };
}

/**
 * Decrypt the name in a hello.
 * @param {CryptoKey} key
 * @param {Uint8Array} space
 * @param {import("../net/types.js").WireEntry} wire
 * @param {string} author the required author
 * @returns {Promise<string>}
 */
async function openHello(key, space, wire, author) {
  if (wire.author !== author) throw new PeerMismatchError();
  const fields = {
    scopeId: space,
    recordId: fromBase64Url(wire.id, 16),
    authorId: fromBase64Url(author, 16),
    rev: wire.rev,
  };
  const document = await openJson(key, Kind.SHARED_ENTRY, fields, fromBase64Url(wire.box));
  return document.type === "hello" ? String(document.name) : "";
}

/**
 * Accept the invitation; the link stays pending until the inviter confirms it.
 * @param {Session} session
 * @param {Api} api
 * @param {Awaited<ReturnType<typeof openInvitation>>} opened
 * @param {string} name
 */
export async function acceptInvitation(session, api, opened, name) {
  const { invite, auth, space, inviter, keys, own } = opened;
  await api.post("/invitations/acceptance", {
    id: toBase64Url(invite.id),
    auth: toBase64Url(auth),
    wrap: toBase64Url(own),
    hello: await sealHello(session, keys.data, space, name),
    pin: await sealPin(session, space, toBase64Url(inviter), opened.name),
    proof: toBase64Url(await proof(keys.member, invite.id, inviter, session.id)),
  });
  await session.refresh();
}

/**
 * The pending link as both members see it: `partner` is the account that the words belong to,
 * `indexes` the words.
 * @typedef {{ name: string, indexes: number[], language: string, inviting: boolean,
 *   partner: string }} PendingLink
 */

/**
 * Return the pending link and the four words that both should see. On the inviter's side the proof
 * is verified first.
 * @param {Session} session
 * @returns {Promise<PendingLink>}
 */
export async function pendingLink(session) {
  const { space } = session.account;
  const open = session.spaces.current;
  if (!space || !open || !JOINING(space)) throw new PeerMismatchError();
  const inviting = space.inviter === session.account.id;
  if (inviting) {
    const given = fromBase64Url(space.proof ?? "");
    const invite = fromBase64Url(space.invitation ?? "", 16);
    const right = await checkProof(open.keys.member, invite, session.id, open.partner, given);
    if (!right) throw new PeerMismatchError();
  }
  const theirs = space.hellos.find((hello) => hello.author === space.partner);
  if (!theirs) throw new PeerMismatchError();
  const name = await openHello(open.keys.data, open.id, theirs, space.partner);
  const indexes = await safetyIndexes(open.keys.root, session.id, open.partner, open.id);
  return { name, indexes, language: space.language, inviting, partner: space.partner };
}

/**
 * Confirm the link as the inviter: only the account that was shown, and no other.
 * @param {Session} session
 * @param {Api} api
 * @param {PendingLink} door
 */
export async function confirmLink(session, api, { name, partner }) {
  const { space } = session.account;
  const open = session.spaces.current;
  if (!space?.invitation || !open || toBase64Url(open.partner) !== partner)
    throw new PeerMismatchError();
  await api.post("/invitations/confirmation", {
    id: space.invitation,
    pin: await sealPin(session, open.id, partner, name),
  });
  await session.refresh();
}
