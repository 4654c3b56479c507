/**
 * The service worker. It keeps the pages of one release (the shell, the guide, the help lines) and
 * the files that they load, as the server sent them, headers and all, for when there is no
 * connection. The API, the live socket and whatever is sealed never pass through here.
 *
 * The server puts one line before this file: which release it is, and what belongs to it.
 */

const worker = /** @type {ServiceWorkerGlobalScope & typeof globalThis} */ (
  /** @type {unknown} */ (self)
);

/** @type {{ version: string, pages: Record<string, string>, files: string[], shell: string[],
 *   words: Record<string, string> }} */
const { version, pages, files, shell, words } = Reflect.get(self, "SHELL");

const PREFIX = "shell-";
const CACHE = PREFIX + version;
// These addresses name a release or a hash, so an answer is never of another release.
const NAMED = /^\/(?:static|[^/]+\/space\/later)\//;
const AT_ONCE = 6; // requests, as a browser itself would
const RELEASES = 2; // this one, and the one that an open page may still be of

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
 * Fetch all of this release; where one thing is missing or of another, there is no such release
 * here.
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
 * @param {string | null} etag of a page
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

/** This release is the one from now on; an older one goes when no page can be of it any more. */
async function settle() {
  const kept = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(kept.slice(0, 1 - RELEASES).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/**
 * This device's language, as far as we speak it.
 * @returns {string}
 */
function language() {
  const codes = navigator.languages.map((tag) => tag.split("-")[0] ?? "");
  return codes.find((code) => code in words) ?? "en";
}

/**
 * A message has come. It holds nothing: the words are here. Who looks at a page already sees what
 * is new.
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
 * @returns {Promise<Response> | null} null: not ours to answer
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
 * @returns {string | null} the address under which a page is kept
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
