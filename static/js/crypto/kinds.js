/** The kinds of box (protocol §5). A number is never used again for anything else. */

const KIB = 1024;
const MIB = 1024 * KIB;
export const WRAP_BYTES = 124; // a 32-byte key, sealed
const LOCAL_CAP = 16 * MIB; // what never leaves the device has no cap of the protocol's

const ACCOUNT = 1;
const SPACE = 2;
const INVITATION = 3;
const RECOVERY = 4;
const PASSKEY = 5;

/** @typedef {{ scope: number, floor: number, cap: number, wrap: boolean }} Kind */

/** @param {number} scope @returns {Kind} */
const wrap = (scope) => ({ scope, floor: 0, cap: WRAP_BYTES, wrap: true });
/** @param {number} scope @param {number} floor @param {number} cap @returns {Kind} */
const kind = (scope, floor, cap) => ({ scope, floor, cap, wrap: false });

/** @type {Readonly<Record<number, Kind>>} */
export const KINDS = Object.freeze({
  0x01: wrap(ACCOUNT),
  0x02: wrap(RECOVERY),
  0x03: wrap(PASSKEY),
  0x04: wrap(INVITATION),
  0x05: wrap(SPACE),
  0x10: kind(ACCOUNT, KIB, MIB),
  0x11: kind(ACCOUNT, 64 * KIB, 9 * MIB),
  0x12: kind(ACCOUNT, KIB, LOCAL_CAP),
  0x13: kind(ACCOUNT, KIB, 64 * KIB),
  0x20: kind(SPACE, KIB, MIB),
  0x21: kind(SPACE, 64 * KIB, 9 * MIB),
  0x22: kind(SPACE, KIB, 2 * MIB),
  0x23: kind(SPACE, KIB, 8 * KIB),
  0x24: kind(SPACE, KIB, 8 * KIB),
  0x25: kind(SPACE, 256, 344),
});

/**
 * @param {number} number
 * @param {boolean} alone kind 23 of a person alone is of their account
 * @returns {Kind}
 */
export function kindOf(number, alone = false) {
  const found = KINDS[number];
  if (!found) throw new TypeError("no such kind");
  return alone && number === 0x23 ? { ...found, scope: ACCOUNT } : found;
}
