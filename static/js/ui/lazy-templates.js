/**
 * Loads the templates and sentences of the screens that are not `core`. Their address is
 * content-hashed, so that the HTML and the scripts are always of the same release.
 */

/**
 * Add them to the page, once.
 * @returns {Promise<void>}
 */
export async function loadLazyTemplates() {
  const address = document.querySelector("meta[name=later]")?.getAttribute("content");
  if (!address) return;
  const page = await fetchPage(address);
  document.head.append(...page.head.querySelectorAll("link"));
  const sentences = /** @type {HTMLTemplateElement} */ (document.getElementById("sentences"));
  const more = page.getElementById("later-sentences");
  if (more instanceof HTMLTemplateElement) sentences.content.append(more.content);
  more?.remove();
  document.body.append(...page.body.children);
  document.querySelector("meta[name=later]")?.remove();
}

/**
 * Parse the HTML in an inert document; text from users never becomes markup.
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
