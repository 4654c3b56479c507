/**
 * Has the service worker keep this place on a device of somebody who has a place here, and says
 * when there is a newer version. It is taken when somebody says so, or by the browser once no page
 * of this place is open; never under the hands of someone who writes.
 */

import { serviceWorker } from "../session/trusted-types.js";
import { part } from "../ui/dom.js";

const LOOK_MS = 3_600_000; // a page may stay open for days

export async function registerServiceWorker() {
  // without it everything works, with a connection
  const registration = await serviceWorker().catch(() => null);
  if (!registration) return;
  const tell = () => {
    const { active, waiting } = registration;
    if (active && waiting) announceUpdate(waiting); // the first of all is not newer than anything
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
