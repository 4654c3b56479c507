/**
 * Notifications over Socket.IO. They are only hints: on reconnecting, and regularly while
 * disconnected, "resync" is dispatched so that every store fetches its state from the server.
 * Dispatches "status" when the connection's state has changed, and each event of the protocol under
 * its own name.
 */

import { isEvent } from "./response-shapes.js";
import { Backoff, repeat } from "./backoff.js";
import { EVENTS } from "./events.js";

const ASK_MS = 10_000; // while the socket is disconnected
const SELDOM_MS = 120_000; // while requests fail, too
const PLACE_LETTERS = 3; // 18 bits: enough to spread spaces over processes, too few to identify one

/**
 * Build the query of the socket's address: the beginning of the space's id (the member's own id
 * without a space), by which a proxy before several processes routes both partners to the same one
 * (docs/protocol.md §17).
 * @param {string | undefined} id base64url
 * @returns {Record<string, string>}
 */
function placeQuery(id) {
  return id ? { place: id.slice(0, PLACE_LETTERS) } : {};
}

export class LiveSocket extends EventTarget {
  #api;
  #spaceOrMember;
  /** @type {import("../../vendor/socket.io.js").Socket | null} */
  #socket = null;
  #shouldConnect = false;
  #stopPolling;
  /** Whether the server promises to deliver every event. */
  #lossless = true;

  /**
   * @param {import("./api.js").Api} api
   * @param {() => string | undefined} spaceOrMember the id of the space, or else of the member
   */
  constructor(api, spaceOrMember) {
    super();
    this.#api = api;
    this.#spaceOrMember = spaceOrMember;
    this.#stopPolling = () => {};
    const lookNow = () => {
      if (!this.#shouldConnect || document.hidden) return;
      if (!this.connected) void this.#connect().catch(() => {});
      this.#requestResync();
    };
    document.addEventListener("visibilitychange", lookNow);
    window.addEventListener("online", lookNow);
    window.addEventListener("offline", () => this.dispatchEvent(new Event("status")));
  }

  /** Whether events from elsewhere arrive at once. */
  get connected() {
    return this.#socket?.connected === true && this.#lossless;
  }

  /** Open the socket, and keep it open until `close`. */
  open() {
    if (this.#shouldConnect) return;
    this.#shouldConnect = true;
    void this.#connect().catch(() => {}); // the socket library may still have to be loaded, too
    this.#stopPolling = repeat(new Backoff(ASK_MS, SELDOM_MS), async () => {
      if (this.connected || document.hidden) return true;
      const well = this.#api.healthy; // the previous "resync" has been answered by now
      // the client reconnects by itself, unless it was refused
      if (!this.#socket?.active) void this.#connect().catch(() => {});
      this.#requestResync();
      return well;
    });
  }

  async #connect() {
    if (this.#socket) {
      this.#socket.io.opts.query = placeQuery(this.#spaceOrMember());
      return void this.#socket.connect();
    }
    const { io } = await import("../../vendor/socket.io.js");
    if (!this.#shouldConnect || this.#socket) return;
    const socket = io({
      transports: ["websocket"],
      withCredentials: true,
      query: placeQuery(this.#spaceOrMember()),
      reconnectionDelay: 500,
      // doubling until then, randomised
      reconnectionDelayMax: 5000,
    });
    this.#socket = socket;
    socket.on("connect", () => {
      this.#lossless = true;
      this.dispatchEvent(new Event("status"));
      this.#requestResync();
    });
    socket.io.on("reconnect_attempt", () => {
      // the space may have been created or ended
      socket.io.opts.query = placeQuery(this.#spaceOrMember());
    });
    socket.on("disconnect", () => this.dispatchEvent(new Event("status")));
    for (const name of Object.values(EVENTS)) {
      socket.on(name, (/** @type {unknown} */ payload) => this.#receive(name, payload));
    }
  }

  /**
   * Dispatch an event; one that does not match the protocol is dropped.
   * @param {string} name
   * @param {any} payload
   */
  #receive(name, payload) {
    if (!isEvent(name, payload)) return;
    if (name === EVENTS.liveWhole) {
      this.#lossless = payload.whole;
      this.dispatchEvent(new Event("status"));
      if (this.#lossless) this.#requestResync();
    }
    this.dispatchEvent(new CustomEvent(name, { detail: payload }));
  }

  close() {
    this.#shouldConnect = false;
    this.#stopPolling();
    this.#socket?.disconnect();
    this.#socket = null;
  }

  /** Dispatch "resync", so that every store fetches its state from the server. */
  #requestResync() {
    this.dispatchEvent(new Event("resync"));
  }

  /**
   * Send an event. Without a connection it is dropped, because it would arrive too late.
   * @param {string} name
   * @param {unknown} payload
   */
  send(name, payload) {
    if (this.#socket?.connected) this.#socket.volatile.emit(name, payload);
  }

  /**
   * Listen for an event until the returned function is called.
   * @param {string} name
   * @param {(detail: any) => void} listener
   * @returns {() => void}
   */
  listen(name, listener) {
    const handleEvent = (/** @type {Event} */ event) =>
      listener(event instanceof CustomEvent ? event.detail : undefined);
    this.addEventListener(name, handleEvent);
    return () => this.removeEventListener(name, handleEvent);
  }
}
