/** The style sheet that is embedded in each file that `renderBook` makes. */

const STYLE = new URL("../../css/book.css", import.meta.url);

/** @returns {Promise<string>} */
export async function bookStyle() {
  return (await fetch(STYLE)).text();
}
