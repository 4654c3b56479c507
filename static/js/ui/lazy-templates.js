/**
 * What comes after the first screen: the templates of every other one, and which modules they
 * need, under a name that the page gives, so that both are of one release. And how to wait for
 * them, or for any other part, where there is no connection just now.
 */

/** Put them into the page, once. @returns {Promise<void>} */
export async function loadLazyTemplates() {
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
