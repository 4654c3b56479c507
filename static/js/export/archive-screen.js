/** Exporting an archive: its scope, its encryption, and the file. */

import { clock } from "../clock.js";
import { randomSixWords } from "../content/wordlist.js";
import { passwordProblem } from "../crypto/password.js";
import { fill, input, on, onSubmit, part, setVisible } from "../ui/dom.js";
import { t } from "../ui/i18n.js";
import {
  withProgress,
  dateStamp,
  mountScopeChoice,
  offerDownload,
  showProgress,
} from "./progress.js";
import { ExportReader } from "./export-reader.js";
import { normalisePassphrase, encryptFile } from "./age-file.js";
import { writeArchive } from "./write-archive.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "taking-archive",
  auth: "member",
  title: "title",
  tab: "settings",
  mount(root, app, _, signal) {
    const wide = mountScopeChoice(root, app);
    const words = /** @type {HTMLTextAreaElement} */ (part(root, "words"));
    const sealed = input(root, "sealed");
    const other = () =>
      void randomSixWords().then(
        (six) => (words.value = six),
        () => {},
      );
    on(root, "other", "click", other);
    other();
    sealed.addEventListener("change", () => {
      setVisible(root, "words-box", sealed.checked);
      setVisible(root, "open-hint", !sealed.checked);
    });
    onSubmit(root, "form", async () => {
      const seal = sealed.checked;
      const chosen = normalisePassphrase(words.value);
      const reason = seal ? passwordProblem(chosen, "") : "";
      fill(root, { trouble: reason && t(`password-${reason}`) });
      setVisible(root, "trouble", reason !== "");
      if (reason) return words.focus();
      await withProgress(root, async () => {
        showProgress(root, "taking-gathers");
        const now = clock.date;
        const gathering = new ExportReader(app, wide());
        let file = await writeArchive(gathering, app.session.account, now);
        let name = `shared-space-${dateStamp(now)}.tar`;
        if (seal) {
          showProgress(root, "taking-seals");
          file = await encryptFile(file, chosen);
          name += ".age";
        }
        const message = seal
          ? t("taking-sealed-ready", { words: chosen })
          : t("taking-archive-ready");
        offerDownload(root, file, { name, says: message, left: gathering.skipped }, signal);
      });
    });
  },
};
