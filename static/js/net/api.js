/** Requests to our own server: what docs/protocol.md §16 says, and calm errors. */

import { clock } from "../clock.js";
import { InvalidResponseError, checkResponse } from "./response-shapes.js";
import { upload } from "./upload.js";

/** The server said no. `error` is the code, `body` all that came with it. */
export class ApiError extends Error {
  /**
   * @param {number} status
   * @param {Record<string, any>} body
   * @param {number} retryAfter seconds, 0 when nothing was said
   */
  constructor(status, body, retryAfter) {
    super(`${status} ${body.error}`);
    this.status = status;
    this.body = body;
    this.error = String(body.error ?? "fault");
    this.retryAfter = retryAfter;
  }
}

/** No answer came: there is no connection just now. */
export class NotConnectedError extends Error {
  constructor() {
    super("not connected");
    this.error = "offline";
  }
}

const SHORT_MS = 20_000; // an answer that takes longer is no answer
const LONG_MS = 180_000; // a large box on a slow line

export class Api {
  constructor() {
    /** Called when the session has ended elsewhere. */
    this.onSignedOut = () => {};
    /** Whether the last request got an answer. */
    this.reachable = true;
    /**
     * Whether the last request got an answer that the server could give: it is there and not
     * overrun.
     */
    this.healthy = true;
  }

  /**
   * @param {string} path
   * @returns {Promise<any>}
   */
  get(path) {
    return this.request("GET", path);
  }

  /**
   * @param {string} path
   * @param {object} body
   * @returns {Promise<any>}
   */
  post(path, body) {
    return this.request("POST", path, body);
  }

  /**
   * @param {string} path
   * @param {object} body
   * @returns {Promise<any>}
   */
  put(path, body) {
    return this.request("PUT", path, body);
  }

  /**
   * @param {string} path
   * @param {object} [body]
   * @returns {Promise<any>}
   */
  delete(path, body) {
    return this.request("DELETE", path, body);
  }

  /**
   * @param {string} method
   * @param {string} path behind `/api`
   * @param {object} [body]
   * @returns {Promise<any>} the JSON object, of the shape that the protocol gives it; null for 204
   * @throws {InvalidResponseError} for any other
   */
  async request(method, path, body) {
    const text = body && JSON.stringify(body);
    const response = await this.send(method, path, text, "application/json", {}, SHORT_MS);
    const answer = response.status === 204 ? null : await response.json().catch(() => undefined);
    return checkResponse(method, path, answer);
  }

  /**
   * Delete what may take its time.
   * @param {string} path
   * @param {object} body
   */
  async deleteSlowly(path, body) {
    const text = JSON.stringify(body);
    await this.send("DELETE", path, text, "application/json", {}, LONG_MS);
  }

  /**
   * Send a sealed box as it is.
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
    throw this.toError(answer.status, answer.body, answer.retryAfter);
  }

  /**
   * Fetch a sealed box as it is.
   * @param {string} path
   * @returns {Promise<{ box: Uint8Array, tag: string | null }>}
   */
  async getBox(path) {
    const response = await this.send("GET", path, undefined, "", {}, LONG_MS);
    const box = new Uint8Array(await response.arrayBuffer());
    return { box, tag: response.headers.get("X-Author-Tag") };
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {BodyInit | undefined} body
   * @param {string} type
   * @param {Record<string, string>} more headers
   * @param {number} patience milliseconds
   * @returns {Promise<Response>} one that went well
   */
  async send(method, path, body, type, more, patience) {
    /** @type {Record<string, string>} */
    const headers = { "X-Space": "1", ...more };
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
        signal: AbortSignal.timeout(patience),
      });
    } catch {
      this.reachable = this.healthy = false;
      throw new NotConnectedError();
    }
    clock.learn(response.headers.get("Date"), asked);
    this.reachable = true;
    this.healthy = isHealthy(response.status);
    if (response.ok) return response;
    const said = await response.json().catch(() => null);
    throw this.toError(response.status, said, response.headers.get("Retry-After"));
  }

  /**
   * @param {number} status
   * @param {unknown} said whatever came
   * @param {string | null} retryAfter the header
   */
  toError(status, said, retryAfter) {
    if (status === 502 || status === 504) return new NotConnectedError();
    const body = typeof said === "object" && said !== null ? said : {};
    // a date, which a proxy may send, counts as nothing said
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
