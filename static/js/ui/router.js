/**
 * Which screen an address shows. Links and Back work as on any site (History API); the document
 * stays, and with it the keys in memory and the open socket.
 */

import { clone, part } from "./dom.js";
import { notice } from "./notice.js";
import { language, say } from "./sentences.js";
import { nameTab } from "./tab-face.js";

/**
 * A screen: which template it fills, who may see it, and what it does there.
 * `show` may return what is to be done when the person goes elsewhere. One that `endures` sees by
 * itself to the end of the space; every other is shown anew.
 * @typedef {{
 *   template: string,
 *   needs: "anyone" | "member",
 *   title: string,
 *   tab?: string,
 *   endures?: true,
 *   show: (root: HTMLElement, app: import("../app.js").App, params: string[]) =>
 *     void | (() => void) | Promise<void | (() => void)>,
 * }} Screen
 */

/** @typedef {() => Promise<{ screen: Screen }>} Loader */

export class Router {
  /**
   * @param {import("../app.js").App} app
   * @param {[RegExp, Loader][]} routes patterns over the address behind `/<language>/`
   * @param {{ locked: Loader, out: Loader }} doors what a member's screen shows until it is open
   */
  constructor(app, routes, doors) {
    this.app = app;
    this.routes = routes;
    this.doors = doors;
    /** @type {() => void} */
    this.leave = () => {};
    this.turn = 0;
    /** @type {Screen | null} */
    this.screen = null;
    /** What is seen and is not being left. @type {HTMLElement | null} */
    this.open = null;
  }

  start() {
    document.addEventListener("click", (event) => this.follow(event));
    window.addEventListener("popstate", () => void this.show());
    this.app.session.addEventListener("state", () => void this.show());
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
    const [loader, params] = this.find();
    const { screen: before = "" } = document.body.dataset;
    document.body.dataset.screen = ""; // from the first moment: what is still seen is being left
    const seen = this.open;
    this.open = null;
    let screen;
    try {
      screen = await this.behindTheDoor(loader);
    } catch {
      if (turn === this.turn) {
        document.body.dataset.screen = before;
        this.open = seen;
      }
      return notice(say("error-offline"));
    }
    if (turn !== this.turn) return;
    this.screen = screen;
    this.leave();
    this.leave = () => {};
    const root = clone(screen.template);
    this.open = root;
    const stage = part(document.body, "stage");
    stage.replaceChildren(root);
    nameTab(say(screen.title));
    this.markTab(screen.tab ?? "");
    this.markLanguages();
    window.scrollTo(0, 0);
    const heading = root.querySelector("h1");
    if (heading instanceof HTMLElement && turn > 1) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
    let leave;
    try {
      leave = await screen.show(root, this.app, params);
    } catch (error) {
      if (turn !== this.turn) return; // it was left, and perhaps locked, while it was being filled
      throw error;
    }
    if (turn !== this.turn) return leave?.();
    this.leave = leave ?? (() => {});
    if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
    document.body.dataset.screen = screen.template;
  }

  /** The screen itself, or the door that stands before it. @param {Loader} loader @returns {Promise<Screen>} */
  async behindTheDoor(loader) {
    const { screen } = await loader();
    const { state } = this.app.session;
    if (screen.needs === "anyone" || state === "open") return screen;
    return (await this.doors[state === "locked" ? "locked" : "out"]()).screen;
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
    const open = this.app.session.state === "open";
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
