/** Which taps on links stay inside the document. */

/**
 * Return the link that an event opens in this tab, or null: another button or a modifier key means
 * that the browser opens it elsewhere.
 * @param {Event} event
 * @returns {HTMLAnchorElement | null}
 */
export function tappedLink(event) {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || !(event instanceof MouseEvent)) return null;
  const elsewhere = event.button || event.metaKey || event.ctrlKey || event.shiftKey || link.target;
  return elsewhere ? null : link;
}

/**
 * Return the path of a link below a folder of this site, without slashes at its ends, or null if it
 * leads out of it.
 * @param {string} folder such as `/en/`
 * @param {HTMLAnchorElement} link
 * @returns {string | null}
 */
export function pathBelow(folder, link) {
  const inside = link.origin === location.origin && link.dataset.leaves === undefined;
  if (!inside || !link.pathname.startsWith(folder)) return null;
  return link.pathname.slice(folder.length).replace(/\/$/, "");
}
