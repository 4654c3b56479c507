/** What was shared with somebody, up to the day it ended: to read, and to take one's own back. */

import { b64 } from "../crypto/bytes.js";
import { making } from "../accounts/making.js";
import { EVENTS } from "../net/events.js";
import { fill, input, on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say, sayError } from "../ui/sentences.js";
import { archivedAnswers } from "./archive-answers.js";
import { ArchiveCard, words } from "./archive-card.js";
import { called } from "./archive-links.js";

const ELSEWHERE = ["hello", "table"]; // the names stand at the entries, the table is cleared

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "archive",
  needs: "member",
  title: "title",
  tab: "journal",
  endures: true,
  async show(root, app, [id = ""]) {
    const { session, journals } = app;
    const space = session.spaces.archives.find((one) => b64(one.id) === id);
    const journal = space && journals.journalOf(space, false);
    if (!space || !journal) return void app.router.go("space/settings", { replace: true });
    fill(root, { with: called(space) });
    input(root, "login").value = session.known.login;
    /** @type {Map<string, ArchiveCard>} */
    const cards = new Map();
    /** @type {(authKey: string) => Promise<unknown>} */
    let erase = () => Promise.resolve();

    const ask = (/** @type {string} */ key, /** @type {typeof erase} */ how) => {
      erase = how;
      fill(root, { "back-says": say(key) });
      show(root, "back-box", true);
      part(root, "back-box").scrollIntoView({ block: "center" });
      input(root, "password").focus({ preventScroll: true });
    };
    const takeBack = (/** @type {ArchiveCard} */ { entry }) =>
      ask("back-one", (authKey) => {
        const path = `${journal.path}/entries/${entry.id}`;
        return app.api.delete(path, { rev: entry.rev + 1, authKey });
      });
    const takeAnswerBack = (/** @type {import("../net/types.js").WirePair} */ { ref, mine }) =>
      ask("back-answer", (authKey) => {
        const rev = (mine?.rev ?? 0) + 1;
        return app.api.delete(`/archives/${id}/answers/${ref}`, { rev, authKey });
      });

    const draw = () => {
      const shown = journal.list.filter(
        ({ doc }) =>
          !doc ||
          (!ELSEWHERE.includes(doc.type) &&
            (words(doc) || doc.files?.length || doc.feelings?.length)),
      );
      for (const entry of shown) {
        const card = cards.get(entry.id) ?? new ArchiveCard(app, journal, entry, takeBack);
        cards.set(entry.id, card);
        card.update(entry);
      }
      const roots = shown.map((entry) => /** @type {ArchiveCard} */ (cards.get(entry.id)).root);
      part(root, "list").replaceChildren(...roots);
      const own = journal.list.some((entry) => entry.mine) || answers.length > 0;
      show(root, "all-back", own);
      show(root, "nothing", shown.length + answers.length === 0);
    };
    /** @type {HTMLElement[]} */
    let answers = [];
    const load = async () => {
      await (journal.place < 0 ? journal.all() : journal.sync());
      answers = await archivedAnswers(app, space, takeAnswerBack);
      part(root, "answers").replaceChildren(...answers);
      show(root, "answers-box", answers.length > 0);
      draw();
    };

    on(root, "all-back", "click", () =>
      ask("back-all", (authKey) => app.api.delete(`/archives/${id}/words`, { authKey })),
    );
    on(root, "back-no", "click", () => show(root, "back-box", false));
    making(root, async (progress) => {
      await erase(await session.proofOf(input(root, "password").value, progress));
      input(root, "password").value = "";
      show(root, "back-box", false);
      notice(say("taken-from-both"));
      await load();
    });
    const stop = app.live.listen(EVENTS.journalChanged, ({ journal: changed }) => {
      if (changed === id) void load().catch(() => {});
    });
    await load().catch((error) => notice(sayError(error)));
    return stop;
  },
};
