"""The app on a phone's home screen: opened there, with what it keeps and the messages it shows."""

from playwright.sync_api import CDPSession

from tests.browser.partners import Person
from tests.servers import Server

READY = "navigator.serviceWorker.ready.then(() => true)"
SHOWN = """() => new Promise((done) => {
  const look = async () => {
    const shown = await self.registration.getNotifications();
    if (shown.length) done(shown.map((one) => one.title));
    else setTimeout(look, 50);
  };
  void look();
})"""
# Chromium gets a push address from its maker's servers; here it gets one from the test.
SUBSCRIBES = """([endpoint, p256dh, auth]) => {
  const keys = { p256dh: Uint8Array.from(p256dh), auth: Uint8Array.from(auth) };
  const subscription = { endpoint, getKey: (name) => keys[name].buffer };
  PushManager.prototype.subscribe = PushManager.prototype.getSubscription = async () => subscription;
}"""
KEPT = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const { headers } = await cache.match(request);
      found[new URL(request.url).pathname] = Object.fromEntries(headers);
    }
  }
  return found;
}"""


def from_the_home_screen(ana: Person, path: str = "space/") -> None:
    """Open the app in a new page, as from the home screen."""
    ana.page.close()
    ana.page = ana.context.new_page()
    ana.go(path)


def hint_that_it_is_back(ana: Person) -> None:
    """Fire the event that says that the network is back."""
    ana.page.evaluate("dispatchEvent(new Event('online'))")


def shown_by_the_phone(ana: Person, own_server: Server, payload: bytes) -> list[str]:
    """Deliver a push message to the service worker, and return what the phone then shows."""
    ana.page = ana.context.new_page()
    wire = ana.context.new_cdp_session(ana.page)
    known: list[str] = []
    wire.on(
        "ServiceWorker.workerVersionUpdated",
        lambda told: known.extend(
            version["registrationId"]
            for version in told["versions"]
            if version["status"] == "activated"
        ),
    )
    wire.send("ServiceWorker.enable")
    while not known:  # this event arrives at any time
        ana.page.wait_for_timeout(10)
    message = {"origin": own_server.origin, "registrationId": known[-1], "data": payload.decode()}
    wire.send("ServiceWorker.deliverPushMessage", message)
    while not ana.context.service_workers:  # one that was idle had ended, and is started again
        ana.page.wait_for_timeout(10)
    titles: list[str] = ana.context.service_workers[-1].evaluate(SHOWN)
    return titles


def hindrances(wire: CDPSession) -> list[str]:
    """Return why Chromium would not install the page on a home screen."""
    found = wire.send("Page.getInstallabilityErrors")["installabilityErrors"]
    return [str(one["errorId"]) for one in found]
