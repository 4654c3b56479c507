/** Shows a scanned card as a suggestion, to follow or to dismiss. */

import { cardTextId, readCard } from "../content/card.js";
import { offeredMatters } from "../content/matters.js";
import { questionById } from "../content/questions.js";
import { ritualById } from "../content/rituals.js";
import { LwwMap } from "../replica/lww-map.js";
import { clearPendingCard, pendingCard, readCardFragment } from "../session/pending-card.js";
import { fill, on, part, setVisible } from "../ui/dom.js";
import { withErrorNotice } from "../ui/error-notice.js";
import { locale, t } from "../ui/i18n.js";

/** @typedef {import("../services.js").Services} Services */
/** @typedef {import("../content/card.js").Card} Card */

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "card",
  auth: "member",
  title: "title",
  tab: "talk",
  mount(root, app) {
    readCardFragment();
    const fragment = pendingCard();
    const card = readCard(fragment);
    const text = card ? cardText(card) : "";
    setVisible(root, "shown", text !== "");
    setVisible(root, "unread", text === "");
    on(root, "leave", "click", () => {
      clearPendingCard();
      void app.router.navigateIfCurrent(root, "space/talk", { replace: true });
    });
    if (!card || !text) {
      clearPendingCard();
      return fill(root, { unread: t(fragment ? "card-wrong" : "card-none") });
    }
    fill(root, { kind: t(`card-${card.kind}`), text });
    const linked = app.journals.shared !== null;
    const needsTwo = card.kind === "question" && !(card.id && isForOne(card.id)) && !linked;
    setVisible(root, "look", card.id !== "" && !needsTwo);
    setVisible(root, "choose", card.kind === "question" && !card.id && linked);
    setVisible(root, "add", card.kind === "matter" && !card.id);
    setVisible(root, "write", needsTwo);
    const link = /** @type {HTMLAnchorElement} */ (part(root, "look"));
    if (card.id) link.href = `/${locale()}/${place(card)}`;
    link.addEventListener("click", clearPendingCard);
    on(root, "choose", "click", () =>
      withErrorNotice(async () => {
        await app.currentQuestion.set({ id: await cardTextId(text), text });
        clearPendingCard();
        await app.router.navigateIfCurrent(root, "space/talk", { replace: true });
      }),
    );
    on(root, "add", "click", () =>
      withErrorNotice(async () => {
        const id = await addMatter(app, text);
        clearPendingCard();
        await app.router.navigateIfCurrent(root, `space/talk/matter/${id}`, { replace: true });
      }),
    );
  },
};

/**
 * Whether a question can be answered without a partner.
 * @param {string} id
 */
function isForOne(id) {
  return questionById(id)?.two === false;
}

/**
 * Return the path of an item of the catalogue.
 * @param {Card} card
 */
function place({ kind, id }) {
  if (kind === "ritual") return `space/rituals/${id}`;
  return `space/talk/${kind}/${id}`;
}

/**
 * Return the card's text in this version's words, or "" if this version does not know it.
 * @param {Card} card
 */
function cardText({ kind, id, text }) {
  if (text) return text;
  if (kind === "question") return questionById(id)?.text ?? "";
  if (kind === "ritual") return ritualById(id)?.title ?? "";
  return offeredMatters().find((matter) => matter.id === id)?.text ?? "";
}

/**
 * Add a matter to the shared list, or to the private one without a partner. Its id is the same for
 * both members, so that scanning the card twice adds it once.
 * @param {Services} app
 * @param {string} text
 */
async function addMatter({ journals }, text) {
  const journal = journals.shared ?? journals.individual;
  const matters = await LwwMap.fetch(journal, "matter", "matters");
  const id = await cardTextId(text);
  if (!matters.items.some((item) => item.id === id)) await matters.set({ text }, id);
  return id;
}
