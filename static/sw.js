/**
 * The service worker. For use without a connection it caches the pages of one release (the shell,
 * the guide, the help lines) and the files that they load, exactly as the server sent them, headers
 * included. The API, the live socket and sealed data never pass through here. The server prepends
 * one line to this file: the release's version and its files.
 */

const worker = /** @type {ServiceWorkerGlobalScope & typeof globalThis} */ (
  /** @type {unknown} */ (self)
);

/** @type {{ version: string, pages: Record<string, string>, files: string[], shell: string[],
 *   words: Record<string, string> }} */
const { version, pages, files, shell, words } = Reflect.get(self, "SHELL");

const PREFIX = "shell-";
const CACHE = PREFIX + version;
// These paths contain a release or a hash, so a response never belongs to another release.
const NAMED = /^\/(?:static|[^/]+\/space\/later)\//;
const AT_ONCE = 6; // concurrent requests, as many as a browser itself makes
const RELEASES = 2; // this one, and the one that an open page may still use

worker.addEventListener("install", (event) => event.waitUntil(gather()));
worker.addEventListener("activate", (event) => event.waitUntil(settle()));
worker.addEventListener("message", ({ data }) => {
  if (data === "take") void worker.skipWaiting();
});
worker.addEventListener("push", (event) => event.waitUntil(speakUp()));
worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open());
});
worker.addEventListener("fetch", (event) => {
  const answer = answerTo(event.request);
  if (answer) event.respondWith(answer);
});

/**
 * Fetch all files of this release. If one is missing or belongs to another release, the
 * installation is rejected.
 */
async function gather() {
  const cache = await caches.open(CACHE);
  /** @type {[string, string | null][]} */
  const todo = [
    ...Object.entries(pages),
    ...files.map((file) => /** @type {[string, null]} */ ([file, null])),
  ];
  const fetchSome = async () => {
    for (let next = todo.pop(); next; next = todo.pop()) await keep(cache, ...next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fetchSome));
}

/**
 * @param {Cache} cache
 * @param {string} address
 * @param {string | null} etag of a page, null for other files
 */
async function keep(cache, address, etag) {
  const response = await fetch(address, {
    cache: etag ? "no-cache" : "default",
    credentials: "omit",
    redirect: "error",
  });
  const other = etag !== null && response.headers.get("ETag")?.replace(/^W\//, "") !== etag;
  if (!response.ok || other) throw new Error(`${address} is not of this release`);
  await cache.put(address, response);
}

/** Activate this release, and delete releases that no page can use any more. */
async function settle() {
  const kept = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(kept.slice(0, 1 - RELEASES).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/**
 * Return this device's language, if we support it, else English.
 * @returns {string}
 */
function language() {
  const codes = navigator.languages.map((tag) => tag.split("-")[0] ?? "");
  return codes.find((code) => code in words) ?? "en";
}

/**
 * Show a notification for a push message. The message is blank, and the words come from here. If a
 * page is visible, nothing is shown, because it shows the news already.
 */
async function speakUp() {
  const pages = await worker.clients.matchAll({ type: "window" });
  if (pages.some((client) => client.visibilityState === "visible")) return;
  await worker.registration.showNotification(words[language()] ?? "", {
    tag: "new",
    lang: language(),
  });
}

/** Bring the page to the front, or open it. */
async function open() {
  const [page] = await worker.clients.matchAll({ type: "window" });
  await (page ? page.focus() : worker.clients.openWindow(`/${language()}/space/`));
}

/**
 * @param {Request} request
 * @returns {Promise<Response> | null} null if the browser should answer
 */
function answerTo(request) {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return null;
  if (request.mode === "navigate") {
    const page = pageOf(pathname);
    return page ? kept(page, request, { cacheName: CACHE }) : null;
  }
  return NAMED.test(pathname) ? kept(pathname, request, {}) : null;
}

/**
 * @param {string} pathname
 * @returns {string | null} the address under which a page is cached
 */
function pageOf(pathname) {
  const [, language = "", first = ""] = pathname.split("/");
  const inShell = shell.includes(first) ? `/${language}/space/` : pathname;
  return inShell in pages ? inShell : null;
}

/**
 * @param {string} address
 * @param {Request} request
 * @param {MultiCacheQueryOptions} where
 */
async function kept(address, request, where) {
  return (await caches.match(address, { ...where, ignoreVary: true })) ?? fetch(request);
}
