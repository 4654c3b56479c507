/**
 * "Side by side": the matters in the catalogue and the added ones. It shows only which ones the
 * member has answered.
 */

import { toBase64Url } from "../crypto/bytes.js";
import { namedId } from "../crypto/named.js";
import { matterOfTopic, matterTopic, offeredMatters } from "../content/matters.js";
import { TextDraft, bindDraft, clearSent } from "../entries/text-draft.js";
import { EVENTS } from "../net/events.js";
import { clone, fill, onSubmit, part, setVisible } from "../ui/dom.js";
import { withErrorNotice } from "../ui/error-notice.js";
import { errorMessage, locale } from "../ui/i18n.js";
import { onAbort } from "../ui/lifetime.js";
import { mountPinPrompt } from "../ui/pin-prompt.js";
import { showToast } from "../ui/toast.js";
import { MatterList } from "./matter-list.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "matters",
  auth: "member",
  title: "title",
  tab: "talk",
  async mount(root, app, [scope], signal) {
    const { answers, journals, live, pinLock, rest, router } = app;
    const linked = journals.shared !== null;
    const mine = scope === "mine" || !linked;
    const journal = (mine ? null : journals.shared) ?? journals.individual;
    setVisible(root, "views", linked);
    part(root, mine ? "view-mine" : "view-ours").setAttribute("aria-current", "page");
    setVisible(root, mine ? "about-mine" : "about-ours", true);
    if (mine && pinLock.isLocked) {
      setVisible(root, "open", false);
      return mountPinPrompt(part(root, "place"), pinLock);
    }
    const list = await MatterList.locate(journal, offeredMatters());
    const render = async () => {
      const answered = mine ? list.matters.filter(({ choice }) => choice) : await shared();
      const ids = new Set(answered.map(({ id }) => id));
      const rows = (/** @type {{ id: string, text: string }[]} */ ones) =>
        ones.map((matter) => row(matter, linked && mine));
      part(root, "list").replaceChildren(...rows(list.matters.filter(({ id }) => !ids.has(id))));
      part(root, "answered").replaceChildren(...rows(answered));
      setVisible(root, "with-answers", answered.length > 0);
    };
    const shared = () => answeredMatters(app, list);
    const text = /** @type {HTMLTextAreaElement} */ (part(root, "text"));
    const draft = await openDraft(app, mine);
    await bindDraft(text, draft, signal);
    onSubmit(root, "form", () =>
      withErrorNotice(async () => {
        const sent = text.value;
        if (!sent.trim()) return text.focus();
        const id = await list.add(sent.trim());
        await clearSent(text, draft, sent);
        await router.navigateIfCurrent(root, matterPath(id, linked && mine));
      }),
    );
    await render();
    const reload = () => list.refresh().then(render);
    const refresh = rest.unlessResting(() => void reload().catch(() => {}), signal);
    onAbort(signal, live.listen(EVENTS.journalChanged, refresh));
    answers.addEventListener("changed", refresh, { signal });
    await Promise.all([list.refresh(), mine ? null : answers.open()])
      .then(render)
      .catch((error) => showToast(errorMessage(error)));
  },
};

/**
 * Open the draft of a new matter.
 * @param {import("../services.js").Services} app
 */
async function openDraft({ journals }, /** @type {boolean} */ mine) {
  const { names, members } = journals.individual;
  const author = /** @type {Uint8Array} */ (members[0]);
  const id = await namedId(names, author, `matters/${mine ? "mine" : "ours"}`);
  return new TextDraft(journals, toBase64Url(id), !mine);
}

/**
 * Return the matters that the member has answered, or whose answers are revealed. An answer that
 * only the partner has given is not mentioned.
 * @param {import("../services.js").Services} app
 * @param {MatterList} list
 * @returns {Promise<{ id: string, text: string }[]>}
 */
async function answeredMatters({ answers }, list) {
  const found = [];
  const known = new Map();
  for (const matter of list.matters) known.set(await answers.refOf(matterTopic(matter.id)), matter);
  for (const pair of answers.pairs.values()) {
    if (!pair.mine && !pair.revealed) continue;
    if (known.has(pair.ref)) {
      found.push(known.get(pair.ref));
      continue;
    }
    const { said } = await answers.decrypt(pair, pair.mine ?? pair.theirs);
    const id = matterOfTopic(String(said?.question ?? ""));
    if (id) found.push({ id, text: String(said?.asked ?? "") });
  }
  return found;
}

/**
 * @param {string} id
 * @param {boolean} mine
 */
function matterPath(id, mine) {
  return `space/talk/matter/${mine ? "mine/" : ""}${id}`;
}

/**
 * @param {{ id: string, text: string }} matter
 * @param {boolean} mine
 */
function row({ id, text }, mine) {
  const root = clone("matter-row");
  /** @type {HTMLAnchorElement} */ (part(root, "link")).href =
    `/${locale()}/${matterPath(id, mine)}`;
  fill(root, { name: text });
  return root;
}
