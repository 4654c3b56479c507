/** All that can be said with one tap; each can be put into one's own words first. */

import { partnerName } from "../linking/partner.js";
import { clone, fill, on, onSubmit, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { offered } from "../ui/offered.js";
import { takeOut } from "../ui/sent.js";
import { say, sayError } from "../ui/sentences.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "signals",
  needs: "member",
  title: "title",
  tab: "talk",
  endures: true,
  show(root, app) {
    const { signals, router, session } = app;
    if (!signals.space) return void router.go("space/talk", { replace: true });
    const text = /** @type {HTMLTextAreaElement} */ (part(root, "text"));
    let sentence = "";
    let busy = false;

    /** Change the words of a sentence, or write others. @param {string} id @param {string} words */
    const edit = (id, words) => {
      sentence = id;
      text.value = words;
      show(root, "form", true);
      show(root, "own-words", false);
      show(root, "trouble", false);
      text.focus();
    };
    /** @param {import("./signals.js").Said} said @param {string} words */
    const send = async (said, words) => {
      if (busy) return;
      busy = true;
      try {
        const sent = text.value;
        await signals.send(said);
        takeOut(text, sent);
        if (!part(root, "form").hidden && text.value.trim()) {
          sentence = "";
          notice(say("saved-more"));
        } else await router.goFrom(root, "space/talk");
      } catch (error) {
        edit(said.sentence, words); // what was to be said stays here
        fill(root, { trouble: sayError(error) });
        show(root, "trouble", true);
      }
      busy = false;
    };

    fill(root, { reads: say("signal-reads", { name: partnerName(app) }) });
    for (const one of offered("signal-list")) {
      const line = clone("signal-line");
      fill(line, { send: one.text });
      part(line, "edit").setAttribute("aria-label", say("signal-edit", { words: one.text }));
      on(line, "send", "click", () => void send({ sentence: one.id, text: "" }, one.text));
      on(line, "edit", "click", () => edit(one.id, one.text));
      part(root, `of-${one.kind}`).append(line);
    }
    on(root, "own-words", "click", () => edit("", ""));
    onSubmit(root, "form", async () => {
      const words = text.value.trim();
      const same = offered("signal-list").find((one) => one.id === sentence)?.text === words;
      if (words) await send({ sentence, text: same ? "" : words }, words);
      else text.focus();
    });

    const ended = () => {
      if (signals.space || session.state !== "open") return;
      if (part(root, "form").hidden || !text.value.trim()) return void router.show();
      fill(root, { reads: "" }); // nobody does any more; what is being written stays here
    };
    session.addEventListener("me", ended);
    return () => session.removeEventListener("me", ended);
  },
};
