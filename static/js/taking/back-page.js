/** Bringing an archive back: the file, its words, what it is, and then all of it. */

import { day } from "../journals/card.js";
import { fill, input, on, onSubmit, part, show } from "../ui/dom.js";
import { say } from "../ui/sentences.js";
import { Archive } from "./archive.js";
import { attempt, tell } from "./doing.js";
import { Restoring } from "./restoring.js";
import { isSealed, unsealFile } from "./sealing.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "taking-back",
  needs: "member",
  title: "title",
  tab: "settings",
  show(root, app) {
    const stop = new AbortController();
    const words = /** @type {HTMLTextAreaElement} */ (part(root, "words"));
    /** @type {Blob | null} */
    let chosen = null;
    /** @type {Archive | null} */
    let archive = null;

    const open = async (/** @type {Blob} */ file) => {
      archive = await Archive.open(file);
      const { login, made } = archive.head;
      fill(root, {
        "found-says": say("taking-found", { login: String(login), date: day(String(made)) }),
      });
      show(root, "found", true);
      part(root, "bring").focus();
    };
    on(root, "file", "change", async () => {
      const picker = input(root, "file");
      chosen = picker.files?.[0] ?? null;
      for (const name of ["form", "found", "done"]) show(root, name, false);
      if (!chosen) return;
      const file = chosen;
      part(root, "pick").classList.remove("ours"); // there is something else to do now
      await attempt(root, async () => {
        const sealed = await isSealed(file);
        show(root, "form", sealed);
        if (sealed) words.focus();
        else await open(file);
      });
      picker.value = ""; // so that the same file can be chosen again
    });
    onSubmit(root, "form", async () => {
      const file = chosen;
      if (!file) return;
      const opened = await attempt(root, async () => {
        tell(root, "taking-opens");
        await open(await unsealFile(file, words.value));
      });
      if (opened) words.value = "";
      show(root, "form", !opened);
    });
    on(root, "bring", "click", async () => {
      const whole = archive;
      if (!whole) return;
      show(root, "found", false);
      show(root, "choose", false);
      const restoring = new Restoring(
        app,
        whole,
        ({ step, fraction }) => tell(root, `taking-${step}`, fraction),
        stop.signal,
      );
      const done = await attempt(root, () => restoring.run());
      show(root, "choose", !done);
      show(root, "left", restoring.left);
      show(root, "done", done);
    });
    return () => stop.abort();
  },
};
