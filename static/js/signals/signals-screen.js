/** Sending a signal with one tap. Each preset sentence can be edited first. */

import { partnerName } from "../entries/partner-name.js";
import { clone, fill, on, onSubmit, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { readPresets } from "../content/presets.js";
import { clearSentText } from "../ui/form-state.js";
import { t, errorMessage } from "../ui/i18n.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "signals",
  auth: "member",
  title: "title",
  tab: "talk",
  survivesSpaceEnd: true,
  mount(root, app, _, signal) {
    const { signals, router, session } = app;
    if (!signals.space) return void router.navigate("space/talk", { replace: true });
    const text = /** @type {HTMLTextAreaElement} */ (part(root, "text"));
    let sentence = "";
    let busy = false;

    /**
     * Edit the words of a sentence, or write others.
     * @param {string} id
     * @param {string} words
     */
    const edit = (id, words) => {
      sentence = id;
      text.value = words;
      setVisible(root, "form", true);
      setVisible(root, "own-words", false);
      setVisible(root, "trouble", false);
      text.focus();
    };
    /**
     * @param {import("./signals.js").SignalContent} content
     * @param {string} words
     */
    const send = async (content, words) => {
      if (busy) return;
      busy = true;
      try {
        const sent = text.value;
        await signals.send(content);
        clearSentText(text, sent);
        if (!part(root, "form").hidden && text.value.trim()) {
          sentence = "";
          showToast(t("saved-more"));
        } else await router.navigateIfCurrent(root, "space/talk");
      } catch (error) {
        edit(content.sentence, words); // the form keeps what was to be sent
        fill(root, { trouble: errorMessage(error) });
        setVisible(root, "trouble", true);
      }
      busy = false;
    };

    fill(root, { reads: t("signal-reads", { name: partnerName(app) }) });
    for (const preset of readPresets("signal-list")) {
      const line = clone("signal-line");
      fill(line, { send: preset.text });
      part(line, "edit").setAttribute("aria-label", t("signal-edit", { words: preset.text }));
      on(line, "send", "click", () => void send({ sentence: preset.id, text: "" }, preset.text));
      on(line, "edit", "click", () => edit(preset.id, preset.text));
      part(root, `of-${preset.kind}`).append(line);
    }
    on(root, "own-words", "click", () => edit("", ""));
    onSubmit(root, "form", async () => {
      const words = text.value.trim();
      const same =
        readPresets("signal-list").find((preset) => preset.id === sentence)?.text === words;
      if (words) await send({ sentence, text: same ? "" : words }, words);
      else text.focus();
    });

    const ended = () => {
      if (signals.space || session.state !== "unlocked") return;
      if (part(root, "form").hidden || !text.value.trim()) return void router.render();
      fill(root, { reads: "" }); // nobody rests any more; the text being written stays here
    };
    session.addEventListener("me", ended, { signal });
  },
};
