/**
 * One question: to read, to answer, to leave; and, once both answers are open, to go on from there.
 */

import { fill } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say, sayError } from "../ui/sentences.js";
import { Answering } from "./answering.js";
import { asked } from "./asked.js";
import { otherWays } from "./ways.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "question",
  needs: "member",
  title: "title",
  tab: "talk",
  async show(root, app, [id = ""]) {
    const { answers, rest, router, session } = app;
    const found = await asked(app, id).catch(() => null);
    if (!found) {
      notice(say("question-gone"));
      return void router.go("space/talk/questions", { replace: true });
    }
    fill(root, { question: found.text, note: found.note, kind: found.kind });
    const answering = await Answering.begin(root, app, found);
    const stopWays = otherWays(root, app, found);
    const draw = () => void answering.draw();
    const { heard, stop } = rest.calmly(draw); // what one does oneself is drawn in any case
    answers.addEventListener("changed", heard);
    session.addEventListener("me", draw);
    await answers.load().catch((error) => notice(sayError(error)));
    await answering.draw();
    return () => {
      answering.stop();
      stopWays();
      stop();
      answers.removeEventListener("changed", heard);
      session.removeEventListener("me", draw);
    };
  },
};
