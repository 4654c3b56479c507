/** Reading what was shared in a former space, and copying the member's own entries back. */

import { toBase64Url } from "../crypto/bytes.js";
import { mountHistoryDoubts } from "../journals/history-doubts-panel.js";
import { mountKeyForm } from "../ui/key-form.js";
import { EVENTS } from "../net/events.js";
import { fill, input, on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";
import { renderFormerAnswers } from "./former-space-answers.js";
import { FormerSpaceCard, textOf } from "./former-space-card.js";
import { formerSpaceTitle } from "./former-spaces-panel.js";
import { childController, onAbort } from "../ui/lifetime.js";

// the names are shown on the entries, and the table is cleared
const HIDDEN_TYPES = ["hello", "table"];

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "archive",
  auth: "member",
  title: "title",
  tab: "journal",
  survivesSpaceEnd: true,
  async mount(root, app, [id = ""], signal) {
    const { session, journals } = app;
    const space = session.spaces.archives.find((space) => toBase64Url(space.id) === id);
    const journal = journals.archives.find((archive) => toBase64Url(archive.id) === id);
    if (!space || !journal) return void app.router.navigate("space/settings", { replace: true });
    fill(root, { with: formerSpaceTitle(space) });
    input(root, "login").value = session.account.login;
    mountHistoryDoubts(part(root, "history-doubts"), app, () => [journal], signal);
    /** @type {Map<string, FormerSpaceCard>} */
    const cards = new Map();
    /** @type {(authKey: string) => Promise<unknown>} */
    let erase = () => Promise.resolve();

    const ask = (/** @type {string} */ key, /** @type {typeof erase} */ action) => {
      erase = action;
      fill(root, { "back-says": t(key) });
      setVisible(root, "back-box", true);
      part(root, "back-box").scrollIntoView({ block: "center" });
      input(root, "password").focus({ preventScroll: true });
    };
    const takeBack = (/** @type {FormerSpaceCard} */ { entry }) =>
      ask("back-one", (authKey) => {
        const path = `${journal.path}/entries/${entry.id}`;
        return app.api.delete(path, { rev: entry.rev + 1, authKey });
      });
    const takeAnswerBack = (/** @type {import("../net/types.js").WirePair} */ { ref, mine }) =>
      ask("back-answer", (authKey) => {
        const rev = (mine?.rev ?? 0) + 1;
        return app.api.delete(`/archives/${id}/answers/${ref}`, { rev, authKey });
      });

    const render = () => {
      const shown = journal.list.filter(
        ({ doc }) =>
          !doc ||
          (!HIDDEN_TYPES.includes(doc.type) &&
            (textOf(doc) || doc.files?.length || doc.feelings?.length)),
      );
      for (const entry of shown) {
        const card =
          cards.get(entry.id) ?? new FormerSpaceCard(app, journal, entry, takeBack, signal);
        cards.set(entry.id, card);
        card.update(entry);
      }
      const roots = shown.map((entry) => /** @type {FormerSpaceCard} */ (cards.get(entry.id)).root);
      part(root, "list").replaceChildren(...roots);
      const own = journal.list.some((entry) => entry.mine) || answers.length > 0;
      setVisible(root, "all-back", own);
      setVisible(root, "nothing", shown.length + answers.length === 0);
    };
    /** @type {HTMLElement[]} */
    let answers = [];
    let answersShown = childController(signal);
    const load = async () => {
      const known = journal.cursor >= 0;
      await journal.loadAll();
      if (known) await journal.pull();
      const { answers: pairs } = await app.api.get(`/archives/${id}/answers`, { signal });
      answersShown.abort();
      answersShown = childController(signal);
      answers = await renderFormerAnswers(app, space, pairs, takeAnswerBack, answersShown.signal);
      part(root, "answers").replaceChildren(...answers);
      setVisible(root, "answers-box", answers.length > 0);
      render();
    };

    on(root, "all-back", "click", () =>
      ask("back-all", (authKey) => app.api.delete(`/archives/${id}/words`, { authKey })),
    );
    on(root, "back-no", "click", () => setVisible(root, "back-box", false));
    mountKeyForm(root, async (progress) => {
      await erase(await session.authKeyFor(input(root, "password").value, progress));
      input(root, "password").value = "";
      setVisible(root, "back-box", false);
      showToast(t("taken-from-both"));
      await load();
    });
    const changed = (/** @type {{ journal: string }} */ { journal: which }) => {
      if (which === id) void load().catch(() => {});
    };
    onAbort(signal, app.live.listen(EVENTS.journalChanged, changed));
    await load().catch((error) => signal.aborted || showToast(errorMessage(error)));
  },
};
