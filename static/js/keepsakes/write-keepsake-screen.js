/**
 * Adding a keepsake: its audience, the photo, the words or the recording, its recipient, saving.
 */

import { fill, input, on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";
import { lockDraft } from "../replica/draft-lock.js";
import { showTabNotice } from "../entries/editor.js";
import { mountVoiceRecorder } from "../entries/voice-recorder-view.js";
import { partnerName } from "../entries/partner-name.js";
import { mountRecipientPicker } from "../naming/recipient-picker.js";
import { ChosenPictures } from "./chosen-pictures.js";
import { KeepsakeDraft } from "./keepsake-draft.js";
import { isPictured, Keepsakes } from "./keepsakes.js";
import { readSound } from "../entries/sound-file.js";
import { onAbort } from "../ui/lifetime.js";
import { clock, timestamp } from "../clock.js";

/** @typedef {import("./keepsakes.js").NewFile} Beside */

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "keepsake-write",
  auth: "member",
  title: "title",
  survivesSpaceEnd: true,
  async mount(root, app, [kindParam = ""], signal) {
    const { journals } = app;
    const kind = /** @type {import("./keepsakes.js").Kind} */ (kindParam);
    const pictured = isPictured(kind);
    fill(root, { heading: t(`keepsake-${kind}`), about: t(`keepsake-${kind}-about`) });
    const text = /** @type {HTMLTextAreaElement} */ (part(root, "text"));
    const draft = await KeepsakeDraft.open(journals, kind);
    journals.openDraft = draft.doc;
    const { words } = draft;
    input(root, "title").value = words.title;
    if (!pictured) text.value = words.captions[0] ?? "";
    setVisible(root, "picture-box", pictured);
    setVisible(root, "sound-box", kind === "recording");
    setVisible(root, "title-box", kind === "object");
    setVisible(root, "text-box", !pictured);

    const reader = () => {
      const { shared } = draft.doc;
      const key = shared
        ? "keepsake-for-both"
        : journals.shared
          ? "keepsake-for-me"
          : "keepsake-for-me-alone";
      fill(root, {
        "read-by": t(key, { name: partnerName(app) }),
        bar: t(shared ? "both-of-us" : "only-me"),
      });
      root.classList.toggle("mine", !shared);
      root.classList.toggle("ours", shared);
      setVisible(root, "bar-mine", !shared);
      setVisible(root, "bar-ours", shared);
      input(root, "mine").checked = !shared;
      input(root, "ours").checked = shared;
      setVisible(root, "choice", journals.shared !== null);
    };
    let kept = false;
    const sayKept = () => {
      const where = journals.drafts.storageStatus(draft.doc.id);
      if (kept) fill(root, { saved: t(where === "kept-here" ? "keepsake-words-kept" : where) });
    };
    draft.addEventListener("saved", () => {
      kept = true;
      sayKept();
    });
    journals.deviceStore.addEventListener("changed", sayKept, { signal });
    on(root, "mine", "change", () => (draft.setShared(false), reader()));
    on(root, "ours", "change", () => (draft.setShared(true), reader()));
    on(root, "title", "input", () => draft.change({ title: input(root, "title").value }));
    text.addEventListener("input", () => draft.change({ captions: [text.value] }));
    const chosen = new ChosenPictures(
      root,
      words.captions,
      (captions) => draft.change({ captions }),
      signal,
    );
    mountRecipientPicker(part(root, "whom"), app, words.whom, (whom) => draft.change({ whom }));
    const voice = mountVoiceRecorder(root, draft, app.session, signal);
    chooseSound(root, draft, voice.hear);
    reader();

    let letGo = lockDraft(draft.doc.id, {
      elsewhere: () => {
        draft.openInOtherTab = true;
        showTabNotice(part(root, "of-tab"), "tab-same");
      },
      free: () => draft.openInOtherTab && void app.router.render(),
    });
    draft.addEventListener("forked", () => {
      letGo();
      letGo = lockDraft(draft.doc.id, { elsewhere: () => {}, free: () => {} });
      showTabNotice(part(root, "of-tab"), "tab-another");
    });

    let busy = false;
    on(root, "save", "click", async () => {
      if (busy || chosen.busy) return;
      await voice.finish();
      if (pictured && !chosen.all.length) return part(root, "file").focus();
      const { title, captions, whom } = words;
      if (!pictured && !title.trim() && !text.value.trim() && !draft.recording) return text.focus();
      busy = true;
      try {
        const keepsakes = new Keepsakes(journals);
        const journal = journals.journalFor(draft.doc.shared);
        const spoken = recordingFile(draft.recording);
        const fields = { kind, title: title.trim(), for: whom };
        if (!pictured)
          await keepsakes.save(journal, { ...fields, text: (captions[0] ?? "").trim() }, spoken);
        const now = clock.time;
        for (const [nth, { picture, root: line }] of [...chosen.all].entries()) {
          const files = [...pictureFiles(picture), ...spoken.splice(0)];
          await keepsakes.save(
            journal,
            { ...fields, text: (chosen.captions[0] ?? "").trim() },
            files,
            timestamp(now - nth), // newest first: the first one chosen is the newest
          );
          line.remove(); // so that a saved picture is not saved twice if the next one cannot be
          chosen.all.shift();
          chosen.notifyChange();
          draft.record(null);
        }
        await draft.delete();
        await app.router.navigateIfCurrent(root, "space/keepsakes", { replace: true });
      } catch (error) {
        showToast(errorMessage(error));
      }
      busy = false;
    });
    const arranged = () => {
      if (draft.reclaim()) journals.dispatchEvent(new Event("reclaimed"));
      reader();
    };
    journals.addEventListener("journals-changed", arranged, { signal });
    onAbort(signal, () => {
      void draft.saveTask.idle().then(() => letGo());
      if (journals.openDraft === draft.doc) journals.openDraft = null;
    });
  },
};

/**
 * Use a sound file in place of a recording; one that is there already is not replaced unasked.
 * @param {HTMLElement} root
 * @param {KeepsakeDraft} draft
 * @param {() => void} hear
 */
function chooseSound(root, draft, hear) {
  on(root, "sound-file", "change", async () => {
    const field = input(root, "sound-file");
    const [file] = field.files ?? [];
    field.value = ""; // so that the same file can be chosen again
    if (!file) return;
    if (draft.recording) {
      showToast(t("keepsake-sound-already", { button: part(root, "not-this").textContent ?? "" }));
      return part(root, "sound").focus();
    }
    fill(root, { "sound-trouble": "" });
    try {
      draft.record(await readSound(file));
      hear();
    } catch (error) {
      fill(root, { "sound-trouble": errorMessage(error) });
    }
    setVisible(root, "sound-trouble", part(root, "sound-trouble").textContent !== "");
  });
}

/**
 * @param {import("../entries/make-picture.js").Picture} picture
 * @returns {Beside[]}
 */
function pictureFiles({ whole, small }) {
  const about = (/** @type {import("../entries/make-picture.js").Drawn} */ { width, height }) => ({
    mime: "image/jpeg",
    name: "",
    width,
    height,
  });
  return [
    { bytes: whole.bytes, about: about(whole) },
    { bytes: small.bytes, about: { ...about(small), small: true } },
  ];
}

/**
 * @param {import("../entries/recorder.js").Recording | null} recording
 * @returns {Beside[]}
 */
function recordingFile(recording) {
  if (!recording) return [];
  const { bytes, mime, seconds } = recording;
  return [{ bytes, about: { mime, name: "", seconds } }];
}
