/**
 * What comes after the first screen: the templates of every other one, and which modules they
 * need, under a name that the page gives, so that both are of one release. And how to wait for
 * them, or for any other part, where there is no connection just now.
 */

import { Backoff } from "../net/backoff.js";

const AGAIN_MS = 5000;
const SELDOM_MS = 60_000;

/** Put them into the page, once. @returns {Promise<void>} */
export async function templates() {
  const address = document.querySelector("meta[name=later]")?.getAttribute("content");
  if (!address) return;
  const page = await fetchPage(address);
  document.head.append(...page.head.querySelectorAll("link"));
  document.body.append(...page.body.children);
  document.querySelector("meta[name=later]")?.remove();
}

/**
 * A document in which nothing runs: no text of ours ever becomes markup.
 * @param {string} address
 * @returns {Promise<Document>}
 */
function fetchPage(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.onload = () =>
      request.status === 200 ? resolve(request.response) : reject(new Error(address));
    request.onerror = () => reject(new Error(address));
    request.send();
  });
}

/**
 * Load something, and try again by itself until it is there, or is not wanted any more.
 * @template T
 * @param {() => Promise<T>} load
 * @param {{ wanted: () => boolean, missed: () => void }} meanwhile `missed` is called the first
 *    time that it does not come
 * @returns {Promise<T | null>} null when it is not wanted any more
 */
export async function untilItComes(load, { wanted, missed }) {
  const backoff = new Backoff(AGAIN_MS, SELDOM_MS);
  for (let first = true; wanted(); first = false) {
    try {
      return await load();
    } catch {
      if (first && wanted()) missed();
      await again(backoff.next());
    }
  }
  return null;
}

/**
 * The next good moment: when the device says that there is a network, or a while later.
 * @param {number} wait milliseconds
 * @returns {Promise<void>}
 */
function again(wait) {
  return new Promise((resolve) => {
    const timer = setTimeout(go, wait);
    function go() {
      clearTimeout(timer);
      window.removeEventListener("online", go);
      resolve();
    }
    window.addEventListener("online", go);
  });
}
