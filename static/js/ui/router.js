/**
 * Which screen an address shows. Links and Back work as on any site (History API); the document
 * stays, and with it the keys in memory and the open socket.
 */

import { clone, part } from "./dom.js";
import { untilItComes } from "./later.js";
import { language, say } from "./sentences.js";
import { nameTab } from "./tab-face.js";

/** @typedef {import("../hall.js").Hall} Hall */
/** @typedef {import("../app.js").App} App */

/**
 * @template T
 * @typedef {(root: HTMLElement, app: T, params: string[]) => void | (() => void) | Promise<void |
 *    (() => void)>} Show
 */

/**
 * A screen: which template it fills, who may see it, and what it does there.
 * `show` may return what is to be done when the person goes elsewhere. One that `endures` sees by
 * itself to the end of the space; every other is shown anew. One that is `early` needs only what
 * is there at once, and its template is in the page itself; every other waits for the rest.
 * @typedef {{
 *   template: string,
 *   needs: "anyone" | "member",
 *   title: string,
 *   tab?: string,
 *   endures?: true,
 * } & ({ early: true, show: Show<Hall> } | { early?: undefined, show: Show<App> })} Screen
 */

/** @typedef {() => Promise<{ screen: Screen }>} Loader */

/**
 * `routes`: patterns over the address behind `/<language>/`; `doors`: what a member's screen shows
 * until it is open; `rooms`: makes what screens need that are not early.
 * @typedef {{
 *   routes: [RegExp, Loader][],
 *   doors: { locked: Loader, out: Loader },
 *   rooms: (hall: Hall) => Promise<App>,
 * }} Addresses
 */

export class Router extends EventTarget {
  /** @param {Hall} hall @param {Addresses} addresses */
  constructor(hall, { routes, doors, rooms }) {
    super();
    this.hall = hall;
    this.routes = routes;
    this.doors = doors;
    this.rooms = rooms;
    /** @type {() => void} */
    this.leave = () => {};
    this.turn = 0;
    /** @type {Screen | null} */
    this.screen = null;
    /** What is seen and is not being left. @type {HTMLElement | null} */
    this.open = null;
    /** Everything, once it is there. @type {App | null} */
    this.app = null;
    /** @type {Promise<App> | null} */
    this.furnishing = null;
  }

  start() {
    document.addEventListener("click", (event) => this.follow(event));
    window.addEventListener("popstate", () => void this.show());
    this.hall.session.addEventListener("state", () => void this.show());
    return this.show();
  }

  /** The address behind `/<language>/`, without its ends' slashes. */
  get path() {
    return location.pathname.replace(/^\/[^/]+\//, "").replace(/\/$/, "");
  }

  /**
   * Go to an address such as `space/journal`.
   * @param {string} path
   * @param {{ replace?: boolean }} [how]
   */
  go(path, { replace = false } = {}) {
    const address = `/${language()}/${path}`;
    if (replace) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    return this.show();
  }

  /**
   * Go on from a screen, as its own step is done; who has gone elsewhere meanwhile stays there.
   * @param {Node} root the screen, or something on it
   * @param {string} path
   * @param {{ replace?: boolean }} [how]
   */
  async goFrom(root, path, how) {
    if (this.open?.contains(root)) await this.go(path, how);
  }

  /** @param {Event} event */
  follow(event) {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!(link instanceof HTMLAnchorElement) || !(event instanceof MouseEvent)) return;
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || link.target) return;
    const inside = link.origin === location.origin && link.dataset.leaves === undefined;
    const here = `/${language()}/`;
    if (!inside || !link.pathname.startsWith(here)) return;
    const path = link.pathname.slice(here.length).replace(/\/$/, "");
    if (!this.routes.some(([pattern]) => pattern.test(path))) return;
    event.preventDefault();
    void this.go(path === this.path ? path : path + link.hash);
  }

  /** Show the screen of the present address, or the door that stands before it. */
  async show() {
    const turn = ++this.turn;
    const wanted = () => turn === this.turn;
    const [loader, params] = this.find();
    document.body.dataset.screen = ""; // from the first moment: what is still seen is being left
    this.open = null;
    const shown = await untilItComes(() => this.behindTheDoor(loader), {
      wanted,
      missed: () => this.missed(),
    });
    if (!shown || !wanted()) return;
    const { screen } = shown;
    this.screen = screen;
    const root = this.place(screen.template);
    nameTab(say(screen.title));
    this.markTab(screen.tab ?? "");
    this.markLanguages();
    if (turn > 1) takeFocus(root);
    let leave;
    try {
      leave = await shown.fill(root, params);
    } catch (error) {
      if (!wanted()) return; // it was left, and perhaps locked, while it was being filled
      throw error;
    }
    if (!wanted()) return leave?.();
    this.leave = leave ?? (() => {});
    if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
    document.body.dataset.screen = screen.template;
    this.dispatchEvent(new Event("shown"));
  }

  /** A part has not come, and is tried again; whatever was written is kept where it was. */
  missed() {
    this.screen = null;
    const root = this.place("coming");
    /** @type {HTMLAnchorElement} */ (part(root, "anew")).href = location.href;
    this.markTab("coming"); // no tab's own, and every other is a way on
    takeFocus(root);
    document.body.dataset.screen = "coming";
  }

  /** Leave what was shown for something else. @param {string} template */
  place(template) {
    this.leave();
    this.leave = () => {};
    const root = clone(template);
    this.open = root;
    part(document.body, "stage").replaceChildren(root);
    window.scrollTo(0, 0);
    return root;
  }

  /**
   * The screen itself, or the door that stands before it, and what fills it.
   * @param {Loader} loader
   * @returns {Promise<{ screen: Screen, fill: (root: HTMLElement, params: string[]) =>
   *    ReturnType<Show<App>> }>}
   */
  async behindTheDoor(loader) {
    let { screen } = await loader();
    const { state } = this.hall.session;
    if (screen.needs !== "anyone" && state !== "open") {
      ({ screen } = await this.doors[state === "locked" ? "locked" : "out"]());
    }
    const { early, show } = screen;
    if (early) return { screen, fill: (root, params) => show(root, this.hall, params) };
    const app = await this.furnish();
    return { screen, fill: (root, params) => show(root, app, params) };
  }

  /** Make what screens need that are not early; once. @returns {Promise<App>} */
  furnish() {
    this.furnishing ??= this.rooms(this.hall).then(
      (app) => (this.app = app),
      (error) => {
        this.furnishing = null;
        throw error;
      },
    );
    return this.furnishing;
  }

  /** The same, however long it takes. @returns {Promise<App>} */
  async furnished() {
    const forever = { wanted: () => true, missed: () => {} };
    return /** @type {App} */ (await untilItComes(() => this.furnish(), forever));
  }

  /** Load every screen, so that none is missing when the connection is. */
  async gather() {
    for (const [, loader] of this.routes) await loader().catch(() => {});
    for (const loader of Object.values(this.doors)) await loader().catch(() => {});
  }

  /** @returns {[Loader, string[]]} */
  find() {
    for (const [pattern, loader] of this.routes) {
      const match = pattern.exec(this.path);
      if (match) return [loader, match.slice(1)];
    }
    return [this.doors.out, []];
  }

  /** The other language is of the screen that is shown, not of the address the page came by. */
  markLanguages() {
    for (const link of document.querySelectorAll(".languages a")) {
      link.setAttribute("href", `/${link.getAttribute("hreflang")}/${this.path}`);
    }
  }

  /** @param {string} tab */
  markTab(tab) {
    const open = this.hall.session.state === "open";
    const bar = part(document.body, "tabs");
    bar.hidden = !open || !tab;
    document.body.classList.toggle("with-tabs", open && Boolean(tab));
    const links = document.querySelectorAll("a[data-tab]"); // the bar's, and the one in the corner
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (links)) {
      if (!bar.contains(link)) link.hidden = bar.hidden;
      if (link.dataset.tab === tab) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }
}

/** Whoever listens or uses keys is where the page now begins. @param {HTMLElement} root */
function takeFocus(root) {
  const heading = root.querySelector("h1");
  if (!(heading instanceof HTMLElement)) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
