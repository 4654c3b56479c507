/** Argon2id (RFC 9106) with the one set of parameters of protocol §3; nothing is negotiated. */

import { argon2id as wasmArgon2id } from "../../vendor/hash-wasm/argon2.js";

const MEMORY_KIB = 65536;
const PASSES = 3;
const LANES = 1;
const BYTES = 32;

/**
 * @param {Uint8Array} password normalised UTF-8
 * @param {Uint8Array} salt 32 bytes
 * @param {(fraction: number | null) => void} [progress] null if the progress is unknown
 * @returns {Promise<Uint8Array>} 32 bytes
 */
export async function argon2id(password, salt, progress = () => {}) {
  if (typeof WebAssembly === "object") {
    progress(null);
    return wasmArgon2id({
      password,
      salt,
      memorySize: MEMORY_KIB,
      iterations: PASSES,
      parallelism: LANES,
      hashLength: BYTES,
      outputType: "binary",
    });
  }
  const { argon2idAsync } = await import("../../vendor/noble-hashes/argon2.js");
  return argon2idAsync(password, salt, {
    m: MEMORY_KIB,
    t: PASSES,
    p: LANES,
    dkLen: BYTES,
    onProgress: progress,
  });
}
