/** Importing an archive: the file, its passphrase, a preview, and then the import. */

import { fill, input, on, onSubmit, part, setVisible } from "../ui/dom.js";
import { t } from "../ui/i18n.js";
import { Archive } from "./export-archive.js";
import { withProgress, showProgress } from "./progress.js";
import { ArchiveImport } from "./archive-import.js";
import { isAgeFile, decryptFile } from "./age-file.js";
import { formatDay } from "../ui/format-date.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "taking-back",
  auth: "member",
  title: "title",
  tab: "settings",
  mount(root, app, _, signal) {
    const words = /** @type {HTMLTextAreaElement} */ (part(root, "words"));
    /** @type {Blob | null} */
    let chosen = null;
    /** @type {Archive | null} */
    let archive = null;

    const open = async (/** @type {Blob} */ file) => {
      archive = await Archive.open(file);
      const { login, made } = archive.head;
      fill(root, {
        "found-says": t("taking-found", { login: String(login), date: formatDay(String(made)) }),
      });
      setVisible(root, "found", true);
      part(root, "bring").focus();
    };
    on(root, "file", "change", async () => {
      const picker = input(root, "file");
      chosen = picker.files?.[0] ?? null;
      for (const name of ["form", "found", "done"]) setVisible(root, name, false);
      if (!chosen) return;
      const file = chosen;
      part(root, "pick").classList.remove("ours"); // choosing a file is no longer the main action
      await withProgress(root, async () => {
        const sealed = await isAgeFile(file);
        setVisible(root, "form", sealed);
        if (sealed) words.focus();
        else await open(file);
      });
      picker.value = ""; // so that the same file can be chosen again
    });
    onSubmit(root, "form", async () => {
      const file = chosen;
      if (!file) return;
      const opened = await withProgress(root, async () => {
        showProgress(root, "taking-opens");
        await open(await decryptFile(file, words.value));
      });
      if (opened) words.value = "";
      setVisible(root, "form", !opened);
    });
    on(root, "bring", "click", async () => {
      const whole = archive;
      if (!whole) return;
      setVisible(root, "found", false);
      setVisible(root, "choose", false);
      const restoring = new ArchiveImport(
        app,
        whole,
        ({ step, fraction }) => showProgress(root, `taking-${step}`, fraction),
        signal,
      );
      const done = await withProgress(root, () => restoring.run());
      setVisible(root, "choose", !done);
      setVisible(root, "left", restoring.skipped);
      setVisible(root, "done", done);
    });
  },
};
