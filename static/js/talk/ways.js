/**
 * What can be done with a question besides answering it: the table, a talk in person, another one.
 */

import { EVENTS } from "../net/events.js";
import { on, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say, sayError } from "../ui/sentences.js";

/**
 * @param {HTMLElement} root
 * @param {import("../app.js").App} app
 * @param {import("./questions-data.js").Question} question
 * @returns {() => void} ends it
 */
export function otherWays(root, app, question) {
  const { deck, live, rest, router, session, table } = app;
  const { id } = question;
  let here = false; // whether it lies on the table
  const draw = async () => {
    here = (await table.laid().catch(() => ({ id: "" }))).id === id;
    const two = session.spaces.active !== null;
    show(root, "lay", two && !here);
    show(root, "talked", two);
    show(root, "no-couples", question.couple && deck.couples);
  };
  const attempt = async (/** @type {() => Promise<void>} */ what) => {
    try {
      await what();
    } catch (error) {
      notice(sayError(error));
    }
  };
  const another = async () => {
    const next = question.weight ? deck.give(question.weight) : null;
    await router.goFrom(root, next ? `space/talk/question/${next.id}` : "space/talk/questions", {
      replace: true,
    });
  };
  on(root, "lay", "click", () =>
    attempt(async () => {
      await table.lay(question);
      deck.mark(id, "seen");
      await router.goFrom(root, "space/talk");
    }),
  );
  on(root, "talked", "click", () =>
    attempt(async () => {
      if (here) await table.putBack();
      deck.mark(id, "talked");
      notice(say("talked"));
      await router.goFrom(root, "space/talk");
    }),
  );
  on(root, "not-this-question", "click", () =>
    attempt(async () => {
      if (here) await table.putBack();
      deck.mark(id, "aside");
      if (here) await router.goFrom(root, "space/talk");
      else await another();
    }),
  );
  on(root, "no-couples", "click", () =>
    attempt(async () => {
      await deck.showCouples(false);
      notice(say("no-couples"));
      await router.goFrom(root, "space/talk/questions", { replace: true });
    }),
  );
  const redraw = () => void draw();
  const calm = rest.calmly(redraw);
  const stop = live.listen(EVENTS.journalChanged, calm.heard);
  session.addEventListener("me", redraw);
  void deck.load().then(draw);
  return () => {
    calm.stop();
    stop();
    session.removeEventListener("me", redraw);
  };
}
