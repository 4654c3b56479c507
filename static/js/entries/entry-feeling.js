/** A feeling below an entry. */

import { feelingWord } from "../content/feelings.js";
import { clone, fill, on, part } from "../ui/dom.js";
import { t } from "../ui/i18n.js";

/**
 * Render a feeling; on the member's own entry it links to their other entries with it.
 * @param {import("../services.js").Services} app
 * @param {boolean} linked
 * @param {string} feeling
 */
export function renderFeeling(app, linked, feeling) {
  const word = feelingWord(feeling);
  if (!linked) {
    const plain = document.createElement("li");
    plain.textContent = word;
    return plain;
  }
  const item = clone("entry-feeling");
  fill(item, { said: word });
  part(item, "said").setAttribute("aria-label", t("feeling-entries", { feeling: word }));
  on(item, "said", "click", () => {
    app.search.setQuery({ feeling });
    void app.router.navigate("space/find");
  });
  return item;
}
