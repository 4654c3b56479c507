/**
 * Putting something in: who can see it, the photo, the words or the voice, whom it is for, Save.
 */

import { fill, input, on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say, sayError } from "../ui/sentences.js";
import { holdDraft } from "../journals/one-tab.js";
import { sayOfTab } from "../journals/open-page.js";
import { speaking } from "../journals/speaking.js";
import { partnerName } from "../linking/partner.js";
import { askWhom } from "../naming/whom.js";
import { ChosenPictures } from "./chosen.js";
import { KeepsakeDraft } from "./draft.js";
import { isPictured, Keepsakes } from "./keepsakes.js";
import { takeSound } from "./sound-file.js";

/** @typedef {import("./keepsakes.js").Beside} Beside */

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "keepsake-write",
  needs: "member",
  title: "title",
  endures: true,
  async show(root, app, [which = ""]) {
    const { journals } = app;
    const kind = /** @type {import("./keepsakes.js").Kind} */ (which);
    const pictured = isPictured(kind);
    fill(root, { heading: say(`keepsake-${kind}`), about: say(`keepsake-${kind}-about`) });
    const text = /** @type {HTMLTextAreaElement} */ (part(root, "text"));
    const draft = await KeepsakeDraft.of(journals, kind);
    journals.writing = draft.doc;
    const { words } = draft;
    input(root, "title").value = words.title;
    if (!pictured) text.value = words.captions[0] ?? "";
    show(root, "picture-box", pictured);
    show(root, "sound-box", kind === "recording");
    show(root, "title-box", kind === "object");
    show(root, "text-box", !pictured);

    const reader = () => {
      const { shared } = draft.doc;
      const key = shared
        ? "keepsake-for-both"
        : journals.shared
          ? "keepsake-for-me"
          : "keepsake-for-me-alone";
      fill(root, {
        "read-by": say(key, { name: partnerName(app) }),
        bar: say(shared ? "both-of-us" : "only-me"),
      });
      root.classList.toggle("mine", !shared);
      root.classList.toggle("ours", shared);
      show(root, "bar-mine", !shared);
      show(root, "bar-ours", shared);
      input(root, "mine").checked = !shared;
      input(root, "ours").checked = shared;
      show(root, "choice", journals.shared !== null);
    };
    let kept = false;
    const sayKept = () => {
      const where = journals.drafts.whereKept(draft.doc.id);
      if (kept) fill(root, { saved: say(where === "kept-here" ? "keepsake-words-kept" : where) });
    };
    draft.addEventListener("kept", () => {
      kept = true;
      sayKept();
    });
    journals.vault.addEventListener("changed", sayKept);
    on(root, "mine", "change", () => (draft.address(false), reader()));
    on(root, "ours", "change", () => (draft.address(true), reader()));
    on(root, "title", "input", () => draft.change({ title: input(root, "title").value }));
    text.addEventListener("input", () => draft.change({ captions: [text.value] }));
    const chosen = new ChosenPictures(root, words.captions, (captions) =>
      draft.change({ captions }),
    );
    askWhom(part(root, "whom"), app, words.whom, (whom) => draft.change({ whom }));
    const voice = speaking(root, draft, app.session);
    chooseSound(root, draft, voice.hear);
    reader();

    let letGo = holdDraft(draft.doc.id, {
      elsewhere: () => {
        draft.apart = true;
        sayOfTab(part(root, "of-tab"), "tab-same");
      },
      free: () => draft.apart && void app.router.show(),
    });
    draft.addEventListener("another", () => {
      letGo();
      letGo = holdDraft(draft.doc.id, { elsewhere: () => {}, free: () => {} });
      sayOfTab(part(root, "of-tab"), "tab-another");
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
        const spoken = sound(draft.recording);
        const said = { kind, title: title.trim(), for: whom };
        if (!pictured)
          await keepsakes.put(journal, { ...said, text: (captions[0] ?? "").trim() }, spoken);
        for (const [nth, { picture, root: line }] of [...chosen.all].entries()) {
          const files = [...pictures(picture), ...spoken.splice(0)];
          await keepsakes.put(
            journal,
            { ...said, text: (chosen.captions[0] ?? "").trim() },
            files,
            nth,
          );
          line.remove(); // what is kept is not kept twice, whatever happens to the next
          chosen.all.shift();
          chosen.tell();
          draft.record(null);
        }
        await draft.drop();
        await app.router.goFrom(root, "space/keepsakes", { replace: true });
      } catch (error) {
        notice(sayError(error));
      }
      busy = false;
    });
    const arranged = () => {
      if (draft.comeHome()) journals.dispatchEvent(new Event("came-home"));
      reader();
    };
    journals.addEventListener("arranged", arranged);
    return () => {
      void draft.keeping.settled().then(() => letGo());
      journals.writing = null;
      journals.removeEventListener("arranged", arranged);
      journals.vault.removeEventListener("changed", sayKept);
      voice.end();
      chosen.close();
    };
  },
};

/**
 * A sound from a file stands in the place of one that is spoken.
 * @param {HTMLElement} root
 * @param {KeepsakeDraft} draft
 * @param {() => void} hear
 */
function chooseSound(root, draft, hear) {
  on(root, "sound-file", "change", async () => {
    const field = input(root, "sound-file");
    const [file] = field.files ?? [];
    field.value = ""; // the same one may be chosen again
    if (!file) return;
    fill(root, { "sound-trouble": "" });
    try {
      draft.record(await takeSound(file));
      hear();
    } catch (error) {
      fill(root, { "sound-trouble": sayError(error) });
    }
    show(root, "sound-trouble", part(root, "sound-trouble").textContent !== "");
  });
}

/** @param {import("./pictures.js").Picture} picture @returns {Beside[]} */
function pictures({ whole, small }) {
  const about = (/** @type {import("./pictures.js").Drawn} */ { width, height }) => ({
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

/** @param {import("../journals/recorder.js").Recording | null} recording @returns {Beside[]} */
function sound(recording) {
  if (!recording) return [];
  const { bytes, mime, seconds } = recording;
  return [{ bytes, about: { mime, name: "", seconds } }];
}
