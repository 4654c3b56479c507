/** Coming from another journal: its files, a preview, and then the import. */

import { timestamp } from "../clock.js";
import { makePicture } from "../entries/make-picture.js";
import { readSound } from "../entries/sound-file.js";
import { fill, input, on, part, setVisible } from "../ui/dom.js";
import { formatDay } from "../ui/format-date.js";
import { locale, t } from "../ui/i18n.js";
import { mountPinPrompt } from "../ui/pin-prompt.js";
import { showProgress, withProgress } from "./progress.js";
import { JournalArchive } from "./elsewhere/journal-archive.js";
import { JournalImport } from "./elsewhere/journal-import.js";
import { openFiles } from "./elsewhere/open-files.js";
import { recognise } from "./elsewhere/recognise.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "taking-elsewhere",
  auth: "member",
  title: "title",
  tab: "settings",
  mount(root, app, _, signal) {
    const { pinLock } = app.journals;
    setVisible(root, "choose", !pinLock.isLocked);
    if (pinLock.isLocked) mountPinPrompt(part(root, "only-me"), pinLock);
    /** @type {import("./elsewhere/recognise.js").Journal | null} */
    let journal = null;

    const read = async (/** @type {HTMLInputElement} */ picker) => {
      const files = [...(picker.files ?? [])];
      picker.value = ""; // so that the same file can be chosen again
      journal = null;
      for (const name of ["found", "left", "done"]) setVisible(root, name, false);
      if (!files.length) return;
      await withProgress(root, async () => {
        showProgress(root, "taking-opens");
        journal = await recognise(await openFiles(files), signal);
        fill(root, { "found-says": describe(journal) });
        showLeft(
          root,
          journal.left.map(({ path }) => path),
        );
        setVisible(root, "found", true);
        part(root, "bring").focus();
      });
    };
    for (const name of ["file", "folder"]) {
      const picker = input(root, name);
      on(root, name, "change", () => void read(picker));
    }
    on(root, "bring", "click", async () => {
      if (!journal) return;
      setVisible(root, "found", false);
      setVisible(root, "choose", false);
      const archive = new JournalArchive(
        journal,
        (names) => t("elsewhere-kept", { names: names.join("\n") }),
        timestamp(),
      );
      const work = new JournalImport(
        app,
        archive,
        { makePicture, readSound },
        ({ step, fraction }) =>
          showProgress(
            root,
            step === "bringing" ? "elsewhere-bringing" : `taking-${step}`,
            fraction,
          ),
        signal,
      );
      const done = await withProgress(root, () => work.run());
      setVisible(root, "choose", !done);
      setVisible(root, "done", done);
      setVisible(root, "large", work.tooLarge.length > 0);
      fill(root, { "large-names": work.tooLarge.join("\n") });
      setVisible(root, "skipped", work.skipped);
    });
  },
};

/**
 * @param {HTMLElement} root
 * @param {string[]} names
 */
function showLeft(root, names) {
  fill(root, { "left-names": names.join("\n") });
  setVisible(root, "left", names.length > 0);
}

/** @param {import("./elsewhere/recognise.js").Journal} journal */
function describe({ entries }) {
  const times = entries.map(({ at }) => at).filter(Boolean);
  const days = times.toSorted((a, b) => Date.parse(a) - Date.parse(b));
  const count = new Intl.NumberFormat(locale()).format(entries.length);
  const [first = "", last = ""] = [days[0], days.at(-1)];
  if (!first) return t("elsewhere-found", { count });
  return t("elsewhere-found-days", { count, first: formatDay(first), last: formatDay(last) });
}
