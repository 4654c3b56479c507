/** A seeded random number generator, identical on every screen. Runs without a DOM. */

/**
 * Return numbers from 0 up to 1, by the small generator sfc32 (Chris Doty-Humphrey, PractRand).
 * @param {Uint8Array} seed 16 bytes
 * @returns {() => number}
 */
export function seededRandom(seed) {
  const view = new DataView(seed.buffer, seed.byteOffset, 16);
  let [a, b, c, d] = [view.getInt32(0), view.getInt32(4), view.getInt32(8), view.getInt32(12)];
  const next = () => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let turn = 0; turn < 12; turn++) next(); // so that seeds that differ in one bit diverge
  return next;
}
