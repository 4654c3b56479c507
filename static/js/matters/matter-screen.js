/** One matter: tap an answer, and read both side by side once both members have answered. */

import { matterTopic, offeredMatters } from "../content/matters.js";
import { TextDraft, bindDraft } from "../entries/text-draft.js";
import { fill, part, setVisible } from "../ui/dom.js";
import { errorMessage, t } from "../ui/i18n.js";
import { mountPinPrompt } from "../ui/pin-prompt.js";
import { showToast } from "../ui/toast.js";
import { MatterList } from "./matter-list.js";
import { mountPrivateMatter } from "./private-matter.js";
import { SharedMatter } from "./shared-matter.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "matter",
  auth: "member",
  title: "title",
  tab: "talk",
  async mount(root, app, [scope, id = ""], signal) {
    const { answers, journals, pinLock, rest, router } = app;
    const mine = scope === "mine" || !journals.shared;
    const back = `space/talk/matters${mine && journals.shared ? "/mine" : ""}`;
    const links = /** @type {HTMLAnchorElement} */ (part(root, "others"));
    if (mine && journals.shared) links.href += "/mine";
    setVisible(root, mine ? "mine" : "ours", true);
    root.classList.add(mine ? "for-one" : "for-two");
    if (mine && pinLock.isLocked) {
      setVisible(root, "form", false);
      return mountPinPrompt(part(root, "place"), pinLock);
    }
    const journal = (mine ? null : journals.shared) ?? journals.individual;
    const list = await MatterList.locate(journal, offeredMatters());
    const known = await Promise.all([list.refresh(), mine ? null : answers.open()]).then(
      () => true,
      (error) => {
        showToast(errorMessage(error));
        return false;
      },
    );
    const matter = list.find(id) ?? (mine ? null : await retiredMatter(app, id));
    if (!matter) {
      if (known) showToast(t("matter-gone")); // unknown without a connection
      return void router.navigate(back, { replace: true });
    }
    fill(root, { matter: matter.text });
    const topic = matterTopic(mine ? `mine/${id}` : id);
    const draft = await TextDraft.named(journals, "answer", topic);
    await bindDraft(/** @type {HTMLTextAreaElement} */ (part(root, "words")), draft, signal);
    if (mine) return mountPrivateMatter(root, { app, list, matter, draft, back, signal });
    const shared = new SharedMatter(root, { app, list, matter, draft, back, signal });
    const refresh = rest.unlessResting(() => void shared.render(), signal);
    answers.addEventListener("changed", refresh, { signal });
    await shared.render();
  },
};

/**
 * Return a matter that has left the catalogue and the list, in the words that were sealed with an
 * answer to it.
 * @param {import("../services.js").Services} app
 * @param {string} id
 * @returns {Promise<import("./matter-list.js").Matter | null>}
 */
async function retiredMatter({ answers }, id) {
  const pair = await answers.pair(matterTopic(id));
  const content = pair && (await answers.decrypt(pair, pair.mine ?? pair.theirs)).said;
  if (!content?.asked) return null;
  return { id, text: content.asked, added: false, choice: "", words: "" };
}
