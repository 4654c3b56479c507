/**
 * Registers the service worker on devices of people who have an account, and announces newer
 * versions. An update is applied on request, or by the browser once no page of this site is open,
 * and never while somebody is writing.
 */

import { serviceWorker } from "../session/trusted-types.js";
import { part } from "../ui/dom.js";

const LOOK_MS = 3_600_000; // a page may stay open for days

export async function registerServiceWorker() {
  // without it everything still works online
  const registration = await serviceWorker().catch(() => null);
  if (!registration) return;
  const tell = () => {
    const { active, waiting } = registration;
    if (active && waiting) announceUpdate(waiting); // the first version of all is not an update
  };
  registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", tell);
  });
  tell();
  window.setInterval(() => void registration.update().catch(() => {}), LOOK_MS);
}

/** @param {ServiceWorker} newer */
function announceUpdate(newer) {
  part(document.body, "take").onclick = () => activateUpdate(newer);
  part(document.body, "newer").hidden = false;
}

/** @param {ServiceWorker} newer */
function activateUpdate(newer) {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), {
    once: true,
  });
  newer.postMessage("take");
}
