/** Entry point of the page that contains all screens of signed-in members. */

import { watchCandleTab } from "./candle/candle-tab.js";
import { clock } from "./clock.js";
import { CoreServices } from "./core-services.js";
import { readCardFragment } from "./session/pending-card.js";
import { readInvitationFragment } from "./session/pending-invitation.js";
// imported first, because the browser offers installation only once
import "./offline/install-prompt.js";
import { lockWhenIdle } from "./session/idle.js";
import { DeviceStore } from "./session/device-store.js";
import { clone, part, setVisible } from "./ui/dom.js";
import { installQuickExit } from "./ui/quick-exit.js";
import { loadLazyTemplates } from "./ui/lazy-templates.js";
import { t } from "./ui/i18n.js";
import "./ui/theme.js";
import { AUTH_SCREENS, ROUTES } from "./routes.js";

/** The screens that show private entries: the PIN lock hides and reveals them. */
const PRIVATE_SCREENS = new RegExp(
  "^space/(?:journal|letters|days|keepsakes|lists|plan|tree|rituals|find|talk/matter|" +
    "talk(?:/ways)?$|settings/taking/(?:book|room|archive|elsewhere)$)",
);

/** @param {string} key */
function showUnsupported(key) {
  const root = clone("cannot");
  part(root, "why").textContent = t(key);
  part(document.body, "stage").replaceChildren(root);
}

/**
 * Create the services of the screens that are not core.
 * @param {CoreServices} core
 */
async function createServices(core) {
  await loadLazyTemplates();
  const { Services } = await import("./services.js");
  return new Services(core);
}

/**
 * Prefetch everything else once the first screen is shown.
 * @param {CoreServices} core
 */
async function prefetch({ router }) {
  await router.services.whenLoaded();
  const { registerServiceWorker } = await import("./offline/service-worker-client.js");
  await registerServiceWorker();
  await router.prefetchScreens();
}

async function start() {
  readInvitationFragment();
  readCardFragment();
  if (!globalThis.crypto?.subtle) return showUnsupported("no-crypto");
  const core = new CoreServices(await DeviceStore.open(), {
    routes: ROUTES,
    authScreens: AUTH_SCREENS,
    createServices,
  });
  const { live, pinLock, router, session } = core;
  installQuickExit(core);
  lockWhenIdle(core);
  watchCandleTab(core);
  clock.addEventListener("changed", () => setVisible(document.body, "clock-off", clock.farOff));
  session.addEventListener("state", () => {
    if (session.state !== "unlocked") live.close();
  });
  pinLock.addEventListener("changed", () => {
    if (PRIVATE_SCREENS.test(router.path)) void router.render();
  });
  live.listen("session:ended", () => void session.onSessionEnded());
  live.addEventListener("resync", () => void session.resync());
  live.listen("linking:changed", () => void session.refresh().catch(() => {}));
  let prefetching = false;
  router.addEventListener("shown", () => {
    if (session.state === "unlocked") live.open();
    if (prefetching || session.state === "out") return;
    prefetching = true;
    void prefetch(core).catch(() => {}); // whatever is missing is loaded on demand
  });
  await session.restore();
  await router.start();
}

void start();
