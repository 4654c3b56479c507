/**
 * Quick exit: lock, clear the page, close the socket, then leave. It cannot erase the browser's
 * history, and says so.
 */

/** @param {import("../core-services.js").CoreServices} app */
export function installQuickExit(app) {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("[data-exit]") : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    close(app);
    location.replace(link.href);
  });
  window.addEventListener("pagehide", () => close(app));
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}

/** @param {import("../core-services.js").CoreServices} app */
function close(app) {
  app.router.close();
  app.live.close();
  void app.session.dropKeys(); // browsers may keep a page that was left in memory for a while
  // What is still under way finds its sentences in the templates, which hold nothing of anyone's.
  for (const child of [...document.body.children]) {
    if (!(child instanceof HTMLTemplateElement)) child.remove();
  }
}
