/**
 * The live socket. Nothing depends on it: whoever listens here also asks again when it comes
 * back, and now and then while it is away (the event "ask").
 */

import { EVENTS } from "./events.js";

const ASK_EVERY_MS = 10_000; // while the socket is away

export class Live extends EventTarget {
  constructor() {
    super();
    /** @type {import("../../vendor/socket.io.js").Socket | null} */
    this.socket = null;
    this.wanted = false;
    this.timer = 0;
    /** Whether the server says that everything arrives. */
    this.whole = true;
    const lookNow = () => {
      if (!this.wanted || document.hidden) return;
      if (!this.connected) void this.connect().catch(() => {});
      this.ask();
    };
    document.addEventListener("visibilitychange", lookNow);
    window.addEventListener("online", lookNow);
    window.addEventListener("offline", () => this.dispatchEvent(new Event("status")));
  }

  /** Whether what happens elsewhere is heard of at once. */
  get connected() {
    return this.socket?.connected === true && this.whole;
  }

  /** Open the socket, and keep it open until `close`. */
  open() {
    if (this.wanted) return;
    this.wanted = true;
    void this.connect().catch(() => {}); // what speaks for it may still have to come, too
    this.timer = window.setInterval(() => {
      if (this.connected || document.hidden) return;
      if (!this.socket?.active) void this.connect().catch(() => {}); // it comes back by itself, unless it was refused
      this.ask();
    }, ASK_EVERY_MS);
  }

  async connect() {
    if (this.socket) return void this.socket.connect();
    const { io } = await import("../../vendor/socket.io.js");
    if (!this.wanted || this.socket) return;
    const socket = io({
      transports: ["websocket"],
      withCredentials: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5000,
    });
    this.socket = socket;
    socket.on("connect", () => {
      this.whole = true;
      this.dispatchEvent(new Event("status"));
      this.ask();
    });
    socket.on("disconnect", () => this.dispatchEvent(new Event("status")));
    socket.on(EVENTS.liveWhole, ({ whole }) => {
      this.whole = whole;
      this.dispatchEvent(new Event("status"));
      if (whole) this.ask();
    });
    for (const name of Object.values(EVENTS)) {
      socket.on(name, (/** @type {any} */ payload) => {
        this.dispatchEvent(new CustomEvent(name, { detail: payload }));
      });
    }
  }

  close() {
    this.wanted = false;
    clearInterval(this.timer);
    this.socket?.disconnect();
    this.socket = null;
  }

  /** Say that whoever shows something should ask the server for the truth. */
  ask() {
    this.dispatchEvent(new Event("ask"));
  }

  /**
   * Send an event; without a connection it is dropped, as it would come too late.
   * @param {string} name
   * @param {unknown} payload
   */
  send(name, payload) {
    if (this.socket?.connected) this.socket.volatile.emit(name, payload);
  }

  /**
   * Listen, until the returned function is called.
   * @param {string} name
   * @param {(detail: any) => void} listener
   * @returns {() => void}
   */
  listen(name, listener) {
    const heard = (/** @type {Event} */ event) =>
      listener(event instanceof CustomEvent ? event.detail : undefined);
    this.addEventListener(name, heard);
    return () => this.removeEventListener(name, heard);
  }
}
