/** One question: to read, to lay on the table, to answer. */

import { b64 } from "../crypto/bytes.js";
import { fill, input, on, onSubmit, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { sayError } from "../ui/sentences.js";
import { speaking } from "../journals/speaking.js";
import { AnswerDraft } from "./answer-draft.js";
import { drawPair } from "./pair.js";
import { question } from "./questions-data.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "question",
  needs: "member",
  title: "title",
  tab: "talk",
  async show(root, app, [id = ""]) {
    const { answers, table, router } = app;
    const found = question(id);
    if (!found) return void router.go("space/talk/questions", { replace: true });
    const two = app.session.spaces.active !== null;
    fill(root, { question: found.text, note: found.note });
    for (const name of ["two", "lay"]) show(root, name, two);
    if (!two) return;

    const text = /** @type {HTMLTextAreaElement} */ (part(root, "text"));
    const draft = new AnswerDraft(app.journals, await answers.ref(id));
    const spoken = {
      recording: /** @type {import("../journals/recorder.js").Recording | null} */ (null),
      record(/** @type {import("../journals/recorder.js").Recording | null} */ recording) {
        this.recording = recording;
      },
    };
    const stopSpeaking = speaking(root, spoken);
    const before = await draft.read();
    text.value ||= before; // whoever types already is faster
    text.addEventListener("input", () => draft.change(text.value));

    let changing = false;
    const draw = async () => {
      const pair = await answers.pair(id);
      const settled = pair?.mine != null && !changing;
      await drawPair(root, app, pair);
      show(root, "form", !settled);
      show(root, "mine-actions", settled && !pair.revealed);
      show(root, "open-alone", settled && !pair.mine?.open);
      show(root, "erase", settled && pair.revealed);
    };
    const attempt = async (/** @type {() => Promise<void>} */ what) => {
      show(root, "trouble", false);
      try {
        await what();
        changing = false;
        await draw();
      } catch (error) {
        fill(root, { trouble: sayError(error) });
        show(root, "trouble", true);
      }
    };
    const give = (/** @type {import("./answers.js").Said} */ said) =>
      attempt(async () => {
        await answers.give(id, said, input(root, "quiet").checked);
        await draft.drop();
        text.value = "";
      });
    onSubmit(root, "form", async () => {
      const { recording } = spoken;
      if (recording) {
        const { mime, bytes, seconds } = recording;
        await give({ way: "recording", audio: { mime, data: b64(bytes), seconds } });
      } else if (text.value.trim()) await give({ way: "words", text: text.value });
      else text.focus();
    });
    on(root, "none", "click", () => void give({ way: "none" }));
    on(root, "same", "click", () => void give({ way: "same" }));
    on(root, "change", "click", () => {
      changing = true;
      void draw().then(() => text.focus());
    });
    on(root, "take-back", "click", () => void attempt(() => answers.takeBack(id)));
    on(root, "erase", "click", () => void attempt(() => answers.takeBack(id)));
    on(root, "open-alone", "click", () => void attempt(() => answers.openAlone(id)));
    on(root, "lay", "click", () => {
      const done = () => router.go("space/talk");
      table.lay(id).then(done, (error) => notice(sayError(error)));
    });
    const redraw = () => void draw();
    answers.addEventListener("changed", redraw);
    await answers.load().catch((error) => notice(sayError(error)));
    await draw();
    return () => {
      stopSpeaking();
      answers.removeEventListener("changed", redraw);
    };
  },
};
