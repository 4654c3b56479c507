/** The public page that makes and prints a card. Nothing is sent or stored. */

import { isCardText, writeCard } from "../content/card.js";
import { fill, input, on, onSubmit, part, setVisible } from "../ui/dom.js";
import { locale, t } from "../ui/i18n.js";
import { drawQr } from "../ui/qr.js";

/** @typedef {import("../content/card.js").Card} Card */

const root = part(document.body, "stage");
const select = /** @type {HTMLSelectElement} */ (part(root, "what"));
const words = input(root, "words");

/** @returns {Card} the chosen card; a text of one's own has no id */
function chosenCard() {
  const [kind = "", id = ""] = select.value.split(".");
  const text = id ? "" : words.value.trim().replace(/\s+/g, " ").normalize("NFC");
  return { kind: /** @type {Card["kind"]} */ (kind), id, text };
}

function update() {
  const own = !select.value.includes(".");
  setVisible(root, "words-box", own);
  setVisible(root, "sheet", false);
  setVisible(root, "print", false);
  setVisible(root, "trouble", false);
}

on(root, "what", "change", update);
on(root, "words", "input", update);
on(root, "print", "click", () => window.print());
onSubmit(root, "form", async () => {
  const card = chosenCard();
  update();
  if (!card.id && !isCardText(card.text)) {
    setVisible(root, "trouble", true);
    return words.focus();
  }
  const text = card.text || (select.selectedOptions[0]?.textContent ?? "").trim();
  fill(root, { kind: t(`card-${card.kind}`), text });
  const link = `${location.origin}/${locale()}/space/card#${writeCard(card)}`;
  drawQr(root.querySelector("svg"), link);
  fill(root, { link });
  setVisible(root, "sheet", true);
  setVisible(root, "print", true);
  part(root, "sheet").focus();
});
update();
