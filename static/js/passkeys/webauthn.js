/**
 * Wrapper of the browser's passkey API (W3C WebAuthn Level 3): always with user verification (face,
 * finger or code), always with the PRF extension. Independent of the server.
 */

import { buffer, randomBytes, fromBase64Url } from "../crypto/bytes.js";
import { PrfUnavailableError, PRF_INPUT } from "../crypto/passkey.js";

const EDDSA = -8;
const ES256 = -7;
const RS256 = -257;
const PRF = { prf: { eval: { first: buffer(PRF_INPUT) } } };

/** No credential: it was declined, timed out, or the passkey is no longer on this device. */
export class CancelledError extends Error {
  error = "passkey-not-this-time";
}

/**
 * Whether this browser supports passkeys at all.
 * @returns {boolean}
 */
export function isSupported() {
  return typeof PublicKeyCredential === "function" && Boolean(navigator.credentials);
}

/**
 * Whether this device itself can verify its user and supports the PRF extension.
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
 * Create a passkey, and derive a key from it.
 * @param {{ challenge: string, rp: string }} question
 * @param {{ id: Uint8Array, login: string }} whose
 * @param {Uint8Array[]} known existing ones, to prevent a second one on the same device
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
    // many authenticators return it only now
    prf: first ? bytesOf(first) : (await getCredential(randomBytes(32), rp, [id])).prf,
  };
}

/**
 * Use a passkey.
 * @param {Uint8Array} challenge
 * @param {string | undefined} rp this host if left out
 * @param {Uint8Array[]} allowedIds if it is an empty list, the person chooses
 * @throws {CancelledError}
 */
export async function getCredential(challenge, rp, allowedIds) {
  const credential = await requestCredential(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: buffer(challenge),
        rpId: rp,
        allowCredentials: descriptors(allowedIds),
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
 * Tell the device's own list of passkeys that one has been revoked.
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
