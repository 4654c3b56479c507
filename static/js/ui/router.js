/**
 * Maps addresses to screens. Links and Back work as on any site (History API); the document stays,
 * and with it the keys in memory and the open socket. Dispatches "shown" when a screen has been
 * rendered.
 */

import { clone, part } from "./dom.js";
import { locale, t } from "./i18n.js";
import { setTabTitle } from "./disguise.js";
import { pathBelow, tappedLink } from "./links.js";
import { markLanguages, markTab, takeFocus } from "./navigation-marks.js";
import { retryUntilLoaded } from "./retry.js";
import { ServicesLoader } from "./services-loader.js";

/** @typedef {import("../core-services.js").CoreServices} CoreServices */
/** @typedef {import("../services.js").Services} Services */

/**
 * @template T
 * @typedef {(root: HTMLElement, services: T, params: string[], signal: AbortSignal) =>
 *    void | Promise<void>} Mount
 */

/**
 * A screen: the template it fills, who may see it, and what it does there. The signal that `mount`
 * gets is aborted when the person leaves (ui/lifetime.js). `survivesSpaceEnd`: the screen handles
 * the end of the space itself; all others are rendered again. `core`: it uses only `CoreServices`,
 * and its template is in the initial HTML; all others wait until `Services` and their templates
 * are loaded.
 * @typedef {{
 *   template: string,
 *   auth: "none" | "member",
 *   title: string,
 *   tab?: string,
 *   survivesSpaceEnd?: true,
 * } & (
 *   { core: true, mount: Mount<CoreServices> } |
 *   { core?: undefined, mount: Mount<Services> }
 * )} Screen
 */

/** @typedef {() => Promise<{ screen: Screen }>} Loader */

/**
 * `routes`: patterns over the path below `/<language>/`; `authScreens`: shown in place of a
 * member's screen until the session is unlocked; `createServices`: loads what non-core screens use.
 * @typedef {{
 *   routes: [RegExp, Loader][],
 *   authScreens: { locked: Loader, out: Loader },
 *   createServices: (core: CoreServices) => Promise<Services>,
 * }} RouterOptions
 */

export class Router extends EventTarget {
  #core;
  #authScreens;
  /** Ends the resources of the current screen. */
  #lifetime = new AbortController();
  #navigation = 0;
  #closed = false;
  /**
   * The root of the visible screen; null while it is being left.
   * @type {HTMLElement | null}
   */
  #currentRoot = null;

  /**
   * @param {CoreServices} core
   * @param {RouterOptions} options
   */
  constructor(core, { routes, authScreens, createServices }) {
    super();
    this.#core = core;
    this.routes = routes;
    this.#authScreens = authScreens;
    /** @type {Screen | null} */
    this.screen = null;
    this.services = new ServicesLoader(() => createServices(core));
  }

  start() {
    document.addEventListener("click", (event) => this.#follow(event));
    window.addEventListener("popstate", () => void this.render());
    this.#core.session.addEventListener("state", () => {
      if (!this.#unlocked) this.#clear();
      void this.render();
    });
    return this.render();
  }

  get #unlocked() {
    return this.#core.session.state === "unlocked";
  }

  /** The path below `/<language>/`, without slashes at its ends. */
  get path() {
    return location.pathname.replace(/^\/[^/]+\//, "").replace(/\/$/, "");
  }

  /**
   * Navigate to a path such as `space/journal`.
   * @param {string} path
   * @param {{ replace?: boolean }} [how]
   */
  navigate(path, { replace = false } = {}) {
    const address = `/${locale()}/${path}`;
    if (replace) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    return this.render();
  }

  /**
   * Navigate only if this screen is still shown, so that nobody who has gone elsewhere is moved.
   * @param {Node} root the screen, or an element in it
   * @param {string} path
   * @param {{ replace?: boolean }} [options]
   */
  async navigateIfCurrent(root, path, options) {
    if (this.#currentRoot?.contains(root)) await this.navigate(path, options);
  }

  /**
   * Name what this screen shows in the address, unless it was left: a reload would return to it.
   * @param {Node} root the screen, or an element in it
   * @param {string} path
   */
  replaceAddress(root, path) {
    if (this.#currentRoot?.contains(root)) history.replaceState(null, "", `/${locale()}/${path}`);
  }

  /** @param {Event} event */
  #follow(event) {
    const link = tappedLink(event);
    const path = link && pathBelow(`/${locale()}/`, link);
    if (path === null || !this.routes.some(([pattern]) => pattern.test(path))) return;
    event.preventDefault();
    void this.navigate(path === this.path ? path : path + link?.hash);
  }

  /** Render the screen of the current path, or the one that asks to unlock or to sign in. */
  async render() {
    if (this.#closed) return;
    const turn = ++this.#navigation;
    const wanted = () => turn === this.#navigation && !this.#closed;
    const [loader, params] = this.#matchRoute();
    document.body.dataset.screen = ""; // immediately: the visible screen is being left
    this.#currentRoot = null;
    const shown = await retryUntilLoaded(() => this.#resolveScreen(loader), {
      wanted,
      missed: () => this.#showLoadError(),
    });
    if (!shown || !wanted()) return;
    const { screen } = shown;
    this.screen = screen;
    const root = this.#swapScreen(screen.template);
    setTabTitle(t(screen.title));
    markTab(screen.tab ?? "", this.#unlocked);
    markLanguages(this.path);
    if (turn > 1) takeFocus(root);
    try {
      await shown.fill(root, params);
    } catch (error) {
      if (!wanted()) return; // the screen was left, and perhaps locked, while it was being filled
      throw error;
    }
    if (!wanted()) return;
    if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
    document.body.dataset.screen = screen.template;
    this.dispatchEvent(new Event("shown"));
  }

  /** The screen's module did not load. Retrying goes on in the background. */
  #showLoadError() {
    this.screen = null;
    const root = this.#swapScreen("coming");
    /** @type {HTMLAnchorElement} */ (part(root, "anew")).href = location.href;
    markTab("coming", this.#unlocked); // matches no tab, so that every tab stays a link
    takeFocus(root);
    document.body.dataset.screen = "coming";
  }

  /** Clear the page immediately: a locked page must not show decrypted text. */
  #clear() {
    this.#lifetime.abort();
    part(document.body, "stage").replaceChildren();
  }

  /** Stop for good: the page is being left, and nothing more is rendered. */
  close() {
    this.#clear();
    this.#closed = true;
    this.#currentRoot = null;
    this.#lifetime = new AbortController(); // the old one's listeners hold what the screen showed
  }

  /**
   * Replace the current screen by a template.
   * @param {string} template
   */
  #swapScreen(template) {
    this.#lifetime.abort();
    this.#lifetime = new AbortController();
    const root = clone(template);
    this.#currentRoot = root;
    part(document.body, "stage").replaceChildren(root);
    window.scrollTo(0, 0);
    return root;
  }

  /**
   * Choose the screen to show: the one of the path, or the one that asks to unlock or sign in.
   * @param {Loader} loader
   * @returns {Promise<{ screen: Screen, fill: (root: HTMLElement, params: string[]) =>
   *    ReturnType<Mount<Services>> }>}
   */
  async #resolveScreen(loader) {
    let { screen } = await loader();
    const { state } = this.#core.session;
    if (screen.auth !== "none" && state !== "unlocked") {
      ({ screen } = await this.#authScreens[state === "locked" ? "locked" : "out"]());
    }
    const { core, mount } = screen;
    if (core)
      return {
        screen,
        fill: (root, params) => mount(root, this.#core, params, this.#lifetime.signal),
      };
    const app = await this.services.load();
    return { screen, fill: (root, params) => mount(root, app, params, this.#lifetime.signal) };
  }

  /** Load every screen's module, so that all screens work without a connection. */
  async prefetchScreens() {
    for (const [, loader] of this.routes) await loader().catch(() => {});
    for (const loader of Object.values(this.#authScreens)) await loader().catch(() => {});
  }

  /** @returns {[Loader, string[]]} */
  #matchRoute() {
    for (const [pattern, loader] of this.routes) {
      const match = pattern.exec(this.path);
      if (match) return [loader, match.slice(1)];
    }
    return [this.#authScreens.out, []];
  }
}
