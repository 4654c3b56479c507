/**
 * What the browser asks of the person and their device (W3C WebAuthn Level 3): always with face,
 * finger or code, always with the PRF. Knows no server.
 */

import { buffer, randomBytes, fromBase64Url } from "../crypto/bytes.js";
import { PrfUnavailableError, PRF_INPUT } from "../crypto/passkey.js";

const EDDSA = -8;
const ES256 = -7;
const RS256 = -257;
const PRF = { prf: { eval: { first: buffer(PRF_INPUT) } } };

/** Nothing came of it: said no, waited too long, or the passkey is not on this device any more. */
export class CancelledError extends Error {
  error = "passkey-not-this-time";
}

/**
 * Whether this browser can have passkeys at all.
 * @returns {boolean}
 */
export function isSupported() {
  return typeof PublicKeyCredential === "function" && Boolean(navigator.credentials);
}

/**
 * Whether this device itself asks for a face, a finger or a code, and makes keys of them.
 * @returns {Promise<boolean>}
 */
export async function isPlatformAuthenticatorAvailable() {
  if (!isSupported()) return false;
  try {
    const able = await PublicKeyCredential.getClientCapabilities?.();
    if (able?.[`extension:prf`] === false) return false;
    return await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
  } catch {
    return false;
  }
}

/**
 * Make a passkey, and a key of it.
 * @param {{ challenge: string, rp: string }} question
 * @param {{ id: Uint8Array, login: string }} whose
 * @param {Uint8Array[]} known those there are already: no second one on the same device
 * @throws {CancelledError | PrfUnavailableError}
 */
export async function createCredential({ challenge, rp }, whose, known) {
  const credential = await requestCredential(() =>
    navigator.credentials.create({
      publicKey: {
        rp: { id: rp, name: document.title },
        user: { id: buffer(whose.id), name: whose.login, displayName: whose.login },
        challenge: buffer(fromBase64Url(challenge)),
        pubKeyCredParams: [EDDSA, ES256, RS256].map((alg) => ({ type: "public-key", alg })),
        excludeCredentials: descriptors(known),
        authenticatorSelection: {
          residentKey: "required",
          requireResidentKey: true,
          userVerification: "required",
        },
        attestation: "none",
        extensions: PRF,
      },
    }),
  );
  const response = /** @type {AuthenticatorAttestationResponse} */ (credential.response);
  const id = new Uint8Array(credential.rawId);
  const { prf } = credential.getClientExtensionResults();
  if (!prf?.enabled) {
    signalUnknownCredential(rp, credential.id);
    throw new PrfUnavailableError();
  }
  const first = prf.results?.first;
  return {
    id,
    clientData: new Uint8Array(response.clientDataJSON),
    attestation: new Uint8Array(response.attestationObject),
    // many give it only now
    prf: first ? bytesOf(first) : (await getCredential(randomBytes(32), rp, [id])).prf,
  };
}

/**
 * Use a passkey.
 * @param {Uint8Array} challenge
 * @param {string | undefined} rp left out: this host
 * @param {Uint8Array[]} which none: whichever the person chooses
 * @throws {CancelledError}
 */
export async function getCredential(challenge, rp, which) {
  const credential = await requestCredential(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: buffer(challenge),
        rpId: rp,
        allowCredentials: descriptors(which),
        userVerification: "required",
        extensions: PRF,
      },
    }),
  );
  const response = /** @type {AuthenticatorAssertionResponse} */ (credential.response);
  const first = credential.getClientExtensionResults().prf?.results?.first;
  return {
    id: new Uint8Array(credential.rawId),
    clientData: new Uint8Array(response.clientDataJSON),
    authenticatorData: new Uint8Array(response.authenticatorData),
    signature: new Uint8Array(response.signature),
    prf: first ? bytesOf(first) : null,
  };
}

/**
 * Let the device's own list of passkeys forget one that opens nothing.
 * @param {string} rpId
 * @param {string} credentialId base64url
 */
export function signalUnknownCredential(rpId, credentialId) {
  const signal = /** @type {any} */ (PublicKeyCredential).signalUnknownCredential;
  void signal?.call(PublicKeyCredential, { rpId, credentialId })?.catch(() => {});
}

/**
 * @param {() => Promise<Credential | null>} ask
 * @returns {Promise<PublicKeyCredential>}
 */
async function requestCredential(ask) {
  const credential = await ask().catch(() => null);
  if (!credential) throw new CancelledError();
  return /** @type {PublicKeyCredential} */ (credential);
}

/**
 * @param {Uint8Array[]} ids
 * @returns {PublicKeyCredentialDescriptor[]}
 */
function descriptors(ids) {
  return ids.map((id) => ({ type: "public-key", id: buffer(id) }));
}

/**
 * @param {BufferSource} source
 * @returns {Uint8Array}
 */
function bytesOf(source) {
  return source instanceof ArrayBuffer
    ? new Uint8Array(source)
    : new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
}
