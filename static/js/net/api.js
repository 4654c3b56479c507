/** Client for our own server's API (docs/protocol.md §16). */

import { clock } from "../clock.js";
import { InvalidResponseError, checkResponse } from "./response-shapes.js";
import { deadline } from "./deadline.js";
import { readBytes, readJson } from "./read-body.js";
import { upload } from "./upload.js";

/** @typedef {{ signal?: AbortSignal }} Ending the request ends with this signal */

/** The server refused a request. `error` is the code, `body` the rest of the response. */
export class ApiError extends Error {
  /**
   * @param {number} status
   * @param {Record<string, any>} body
   * @param {number} retryAfter seconds, 0 if there was no such header
   */
  constructor(status, body, retryAfter) {
    super(`${status} ${body.error}`);
    this.status = status;
    this.body = body;
    this.error = String(body.error ?? "fault");
    this.retryAfter = retryAfter;
  }
}

/** No response arrived: there is no connection just now. */
export class NotConnectedError extends Error {
  constructor() {
    super("not connected");
    this.error = "offline";
  }
}

const SHORT_MS = 20_000; // a slower response counts as no connection
const LONG_MS = 180_000; // a large box on a slow connection

export class Api {
  constructor() {
    /** Called when the session was ended elsewhere. */
    this.onSignedOut = () => {};
    /** Whether the last request got a response. */
    this.reachable = true;
    /**
     * Whether the last request got a response that shows a working server, and not an overloaded
     * one.
     */
    this.healthy = true;
  }

  /**
   * Read. Only reads take a signal: a write is never aborted.
   * @param {string} path
   * @param {Ending} [ending]
   * @returns {Promise<any>}
   */
  get(path, ending) {
    return this.#request("GET", path, undefined, ending);
  }

  /**
   * @param {string} path
   * @param {object} body
   * @returns {Promise<any>}
   */
  post(path, body) {
    return this.#request("POST", path, body);
  }

  /**
   * @param {string} path
   * @param {object} body
   * @returns {Promise<any>}
   */
  put(path, body) {
    return this.#request("PUT", path, body);
  }

  /**
   * @param {string} path
   * @param {object} [body]
   * @returns {Promise<any>}
   */
  delete(path, body) {
    return this.#request("DELETE", path, body);
  }

  /**
   * @param {string} method
   * @param {string} path below `/api`
   * @param {object} [body]
   * @param {Ending} [ending]
   * @returns {Promise<any>} the JSON object in the shape that the protocol defines; null for 204
   * @throws {InvalidResponseError} for any other shape
   */
  async #request(method, path, body, { signal } = {}) {
    const text = body && JSON.stringify(body);
    const response = await this.#send(method, path, text, "application/json", SHORT_MS, signal);
    const answer = response.status === 204 ? null : await readJson(response);
    signal?.throwIfAborted();
    return checkResponse(method, path, answer);
  }

  /**
   * Delete something that may take the server a while.
   * @param {string} path
   * @param {object} body
   */
  async deleteSlowly(path, body) {
    const text = JSON.stringify(body);
    await this.#send("DELETE", path, text, "application/json", LONG_MS);
  }

  /**
   * Upload a sealed box as it is.
   * @param {string} path
   * @param {Uint8Array} box
   * @param {Record<string, string>} [headers]
   * @param {(fraction: number) => void} [progress]
   * @returns {Promise<any>}
   */
  async putBox(path, box, headers = {}, progress = () => {}) {
    const all = { "X-Space": "1", "Content-Type": "application/octet-stream", ...headers };
    const answer = await upload(`/api${path}`, box, all, progress).catch(() => null);
    this.reachable = answer !== null;
    this.healthy = answer !== null && isHealthy(answer.status);
    if (!answer) throw new NotConnectedError();
    if (answer.status >= 200 && answer.status < 300) return checkResponse("PUT", path, answer.body);
    throw this.#toError(answer.status, answer.body, answer.retryAfter);
  }

  /**
   * Download a sealed box as it is.
   * @param {string} path
   * @param {Ending} [ending]
   * @returns {Promise<{ box: Uint8Array, tag: string | null }>}
   */
  async getBox(path, { signal } = {}) {
    const response = await this.#send("GET", path, undefined, "", LONG_MS, signal);
    const box = await readBytes(response);
    return { box, tag: response.headers.get("X-Author-Tag") };
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {BodyInit | undefined} body
   * @param {string} type
   * @param {number} patience milliseconds
   * @param {AbortSignal} [signal]
   * @returns {Promise<Response>} a successful one
   * @throws {DOMException} an AbortError, if the signal was aborted
   */
  async #send(method, path, body, type, patience, signal) {
    /** @type {Record<string, string>} */
    const headers = { "X-Space": "1" };
    if (body !== undefined) headers["Content-Type"] = type;
    const asked = Date.now();
    let response;
    try {
      response = await fetch(`/api${path}`, {
        method,
        headers,
        body,
        cache: "no-store",
        redirect: "error",
        signal: deadline(patience, signal),
      });
    } catch {
      signal?.throwIfAborted(); // says nothing about the connection
      this.reachable = this.healthy = false;
      throw new NotConnectedError();
    }
    clock.learn(response.headers.get("Date"), asked);
    this.reachable = true;
    this.healthy = isHealthy(response.status);
    if (response.ok) return response;
    const said = await readJson(response);
    throw this.#toError(response.status, said, response.headers.get("Retry-After"));
  }

  /**
   * @param {number} status
   * @param {unknown} said the parsed body, of any type
   * @param {string | null} retryAfter the header
   */
  #toError(status, said, retryAfter) {
    if (status === 502 || status === 504) return new NotConnectedError();
    const body = typeof said === "object" && said !== null ? said : {};
    // a date, which a proxy may send, counts as no header
    const seconds = Math.max(0, Number(retryAfter)) || 0;
    const error = new ApiError(status, body, seconds);
    if (error.error === "signed_out") this.onSignedOut();
    return error;
  }
}

/** @param {number} status of HTTP */
function isHealthy(status) {
  return status < 500 && status !== 429;
}

export { InvalidResponseError };
