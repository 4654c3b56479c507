/** The types of the wire format (docs/protocol.md §16). Types only. */

/**
 * @typedef {{ id: string, author: string, rev: number, born: number, place: number,
 *   box: string, tag?: string, gone?: false }} WireEntry
 * @typedef {{ id: string, author: string, rev: number, born: number, place: number,
 *   gone: true }} WireTombstone
 * @typedef {{ rev: number, box: string }} WirePin
 * @typedef {{ id: string, state: "joining" | "active", partner: string, inviter: string,
 *   invitation: string | null, language: string, wrap: string, pin: WirePin | null,
 *   proof: string | null, hellos: WireEntry[] }} WireSpace
 * @typedef {{ id: string, partner: string, wrap: string, pin: WirePin | null,
 *   told: boolean }} WireArchive
 * @typedef {{ id: string, space: string, closes: string, claimed: boolean,
 *   wrap: string }} WireInvitation
 * @typedef {{ id: string, login: string, seed: string, wrap: string, version: number,
 *   sheet: boolean, recovered: string | null, space: WireSpace | null,
 *   archives: WireArchive[], invitations: WireInvitation[] }} Me
 * @typedef {{ member: string, words: { rev: number, box: string } | null }} WireFlame
 * @typedef {{ scope: string, candle: string | null, revision: number, until: string | null,
 *   flames: WireFlame[] }} WireCandle
 * @typedef {{ author: string, rev: number, box: string, tag: string }} WireSignal
 * @typedef {{ mine: { until: string | null, visible: boolean } | null, theirs: boolean }} WireRest
 * @typedef {{ me: Me, candle: WireCandle, rest: WireRest, signals: WireSignal[],
 *   journals: { id: string, place: number }[] }} WireState
 * @typedef {{ key: string, here: { events: boolean, address: string } | null }} WireMessages
 * @typedef {{ id: string, author: string, rev: number, share: string, box: string, tag: string,
 *   quiet?: boolean, open?: boolean }} WireAnswer
 * @typedef {{ ref: string, revealed: boolean, mine: WireAnswer | null,
 *   theirs: { here: true } | WireAnswer | null }} WirePair
 */

export {};
