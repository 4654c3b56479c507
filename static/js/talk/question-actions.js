/** Actions on a question besides answering it: the table, a talk in person, another question. */

import { EVENTS } from "../net/events.js";
import { on, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";
import { onAbort } from "../ui/lifetime.js";

/**
 * @param {HTMLElement} root
 * @param {import("../services.js").Services} app
 * @param {import("../content/questions.js").Question} question
 * @param {AbortSignal} signal
 */
export function mountQuestionActions(root, app, question, signal) {
  const { deck, live, rest, router, session, currentQuestion } = app;
  const { id } = question;
  let onTable = false; // whether it is on the table
  const render = async () => {
    onTable = (await currentQuestion.current().catch(() => ({ id: "" }))).id === id;
    const linked = session.spaces.active !== null;
    setVisible(root, "lay", linked && !onTable);
    setVisible(root, "talked", linked);
    setVisible(root, "no-couples", question.couple && deck.couples);
  };
  const attempt = async (/** @type {() => Promise<void>} */ action) => {
    try {
      await action();
    } catch (error) {
      showToast(errorMessage(error));
    }
  };
  const another = async () => {
    const next = question.weight ? deck.deal(question.weight) : null;
    await router.navigateIfCurrent(
      root,
      next ? `space/talk/question/${next.id}` : "space/talk/questions",
      {
        replace: true,
      },
    );
  };
  on(root, "lay", "click", () =>
    attempt(async () => {
      await currentQuestion.set(question);
      deck.mark(id, "seen");
      await router.navigateIfCurrent(root, "space/talk");
    }),
  );
  on(root, "talked", "click", () =>
    attempt(async () => {
      if (onTable) await currentQuestion.clear();
      deck.mark(id, "talked");
      showToast(t("talked"));
      await router.navigateIfCurrent(root, "space/talk");
    }),
  );
  on(root, "not-this-question", "click", () =>
    attempt(async () => {
      if (onTable) await currentQuestion.clear();
      deck.mark(id, "aside");
      if (onTable) await router.navigateIfCurrent(root, "space/talk");
      else await another();
    }),
  );
  on(root, "no-couples", "click", () =>
    attempt(async () => {
      await deck.showCouples(false);
      showToast(t("no-couples"));
      await router.navigateIfCurrent(root, "space/talk/questions", { replace: true });
    }),
  );
  const rerender = () => void render();
  const refresh = rest.unlessResting(rerender, signal);
  onAbort(signal, live.listen(EVENTS.journalChanged, refresh));
  session.addEventListener("me", rerender, { signal });
  void deck.load().then(render);
}
