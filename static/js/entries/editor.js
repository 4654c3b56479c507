/** The editor of notes and letters: audience, autosave, voice, saving, and conflicts. */

import { clone, fill, input, on, oneAtATime, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";
import { partnerName } from "./partner-name.js";
import { offerSaveAsNew, isDeletedError } from "./save-as-new.js";
import { editorPath } from "./entry-card.js";
import { ConflictError } from "../replica/journal.js";
import { lockDraft } from "../replica/draft-lock.js";
import { outboxMessage } from "./outbox-message.js";
import { mountVoiceRecorder } from "./voice-recorder-view.js";
import { onAbort } from "../ui/lifetime.js";

/**
 * @param {HTMLElement} root
 * @param {import("../services.js").Services} app
 * @param {import("../replica/draft-editor.js").DraftEditor} writer
 * @param {string} home the path to go to after saving
 * @param {AbortSignal} signal
 * @param {() => { "read-by": string, bar: string } | null} [special] replaces the
 *   usual text about the readers
 * @returns {() => void} updates the text about the readers
 */
export function mountEditor(root, app, writer, home, signal, special = () => null) {
  const { journals, router } = app;
  const text = /** @type {HTMLTextAreaElement} */ (part(root, "text"));
  const { draft } = writer;
  journals.openDraft = draft;
  // typed while the draft was being opened
  if (text.value && !draft.text) writer.change({ text: text.value });
  text.value = draft.text;

  const usual = () => {
    const key = draft.shared ? "read-by-both" : journals.shared ? "read-by-me" : "read-by-me-alone";
    const name = journals.shared || draft.shared ? partnerName(app) : "";
    return { "read-by": t(key, { name }), bar: t(draft.shared ? "both-of-us" : "only-me") };
  };
  const render = () => {
    root.classList.toggle("mine", !draft.shared);
    root.classList.toggle("ours", draft.shared);
    fill(root, special() ?? usual());
    setVisible(root, "bar-mine", !draft.shared);
    setVisible(root, "bar-ours", draft.shared);
    input(root, "mine").checked = !draft.shared;
    input(root, "ours").checked = draft.shared;
    setVisible(root, "choice", journals.shared !== null && !writer.editing);
  };
  const showSaved = (/** @type {string} */ key) => fill(root, { saved: t(key) });
  const here = () => router.replaceAddress(root, `${editorPath(draft.type)}/${draft.id}`);
  writer.addEventListener("saved", here, { once: true }); // so that a reload returns to this draft
  let kept = false; // no status is shown for an unchanged page
  const sayKept = () => {
    if (!writer.fits) showSaved("too-long");
    else if (kept) showSaved(journals.drafts.storageStatus(writer.draft.id));
  };
  // The status of the previous change is not yet true of this one.
  const busy = () => part(root, "saved").setAttribute("aria-busy", String(writer.saveTask.pending));
  writer.addEventListener("changed", () => part(root, "saved").setAttribute("aria-busy", "true"));
  writer.addEventListener("saved", () => {
    kept = true;
    busy();
    sayKept();
  });
  journals.deviceStore.addEventListener("changed", sayKept, { signal });

  const tell = () => {
    writer.openInOtherTab = true;
    showTabNotice(part(root, "conflict"), "tab-same");
  };
  const free = () => {
    if (writer.openInOtherTab) void router.render(); // the current draft, whose lock is held here
  };
  let letGo = lockDraft(draft.id, { elsewhere: tell, free });
  writer.addEventListener("forked", () => {
    letGo();
    letGo = lockDraft(draft.id, { elsewhere: () => {}, free: () => {} });
    showTabNotice(part(root, "conflict"), "tab-another");
    here();
    render();
  });
  on(root, "mine", "change", () => (writer.change({ shared: false }), render()));
  on(root, "ours", "change", () => (writer.change({ shared: true }), render()));
  text.addEventListener("input", () => {
    fitHeight(text);
    writer.change({ text: text.value });
    if (!writer.fits) showSaved("too-long");
  });
  const { hear, finish } = mountVoiceRecorder(root, writer, app.session, signal);

  /**
   * Save, and leave the screen if nothing more was typed meanwhile.
   * @param {() => Promise<unknown>} send
   * @param {string} [well]
   * @returns {Promise<void>}
   */
  const save = async (send, well = writer.draft.shared ? "saved" : "saved-mine") => {
    // the audience cannot change while it is being saved
    part(root, "choice").toggleAttribute("disabled", true);
    try {
      const waits = await send();
      const { id } = writer.draft;
      part(root, "conflict").replaceChildren();
      if (!waits && writer.hasUnsentChanges) return showToast(t("saved-more"));
      showToast(waits ? outboxMessage(journals.outbox, id, waits) : t(well));
      // Text that is stored nowhere else stays on the screen.
      if (writer.hasUnsentChanges || (waits && !journals.outbox.isOnDisk(id))) return;
      await router.navigateIfCurrent(root, home, { replace: true });
    } catch (error) {
      onRefused(error);
    } finally {
      part(root, "choice").toggleAttribute("disabled", false);
      hear();
      render();
    }
  };
  const offerBoth = (/** @type {import("../replica/journal.js").Entry | null} */ current) =>
    showConflict(root, writer, current, () => save(() => writer.saveAsNew(), "saved-both"));
  if (writer.overtakenBy) offerBoth(writer.overtakenBy);
  const onRefused = (/** @type {unknown} */ error) => {
    const gone = error instanceof ConflictError ? !error.current : isDeletedError(error);
    if (gone) return offerSaveAsNew(part(root, "conflict"), () => save(() => writer.saveAsNew()));
    if (error instanceof ConflictError) return offerBoth(error.current);
    showToast(errorMessage(error));
    sayKept();
  };
  const returned = (/** @type {Event} */ event) => {
    if (!(event instanceof CustomEvent) || event.detail.id !== writer.draft.id) return;
    onRefused(event.detail.error); // an entry that was waiting for a connection
  };
  journals.outbox.addEventListener("returned", returned, { signal });
  const tap = oneAtATime(() => save(() => writer.save()));
  on(root, "save", "click", async () => {
    await finish();
    if (writer.hasWords) await tap();
    else text.focus();
  });
  on(root, "away", "click", () => void router.navigate(home));
  const arranged = async () => {
    if (await writer.reclaim()) here();
    render();
  };
  journals.addEventListener("journals-changed", arranged, { signal });
  const arrived = (/** @type {Event} */ event) => {
    if (!(event instanceof CustomEvent) || event.detail.id !== writer.draft.id) return;
    writer.onDelivered();
    if (writer.saving) return;
    const more = writer.draft.stamp !== event.detail.stamp;
    showToast(t(more ? "saved-more" : "saved")); // an entry that was waiting for a connection
    if (!more) return void router.navigateIfCurrent(root, home, { replace: true });
    hear();
    render();
  };
  journals.outbox.addEventListener("arrived", arrived, { signal });
  render();
  fitHeight(text);
  if (!draft.text) text.focus({ preventScroll: true });
  onAbort(signal, () => {
    void writer.saveTask.idle().then(() => letGo()); // so that another tab finds all of it
    if (journals.openDraft === draft) journals.openDraft = null;
  });
  return render;
}

/**
 * Show which page this is, if another tab has one open too.
 * @param {HTMLElement} container
 * @param {"tab-same" | "tab-another" | "tab-new"} message
 * @param {string} [there] the other page's address
 */
export function showTabNotice(container, message, there = "") {
  const box = clone("of-tab");
  fill(box, { says: t(message) });
  setVisible(box, "there", there !== "");
  /** @type {HTMLAnchorElement} */ (part(box, "there")).href = there;
  container.replaceChildren(box);
}

/**
 * Show both texts, with "save both" first: nothing is merged or overwritten silently.
 * @param {HTMLElement} root
 * @param {import("../replica/draft-editor.js").DraftEditor} writer
 * @param {import("../replica/journal.js").Entry | null} current
 * @param {() => Promise<void>} saveBoth
 */
function showConflict(root, writer, current, saveBoth) {
  const box = clone("both-texts");
  fill(box, { theirs: String(current?.doc?.text ?? ""), "mine-text": writer.draft.text });
  on(box, "save-both", "click", oneAtATime(saveBoth));
  part(root, "conflict").replaceChildren(box);
  part(box, "save-both").focus();
}

/** @param {HTMLTextAreaElement} text */
function fitHeight(text) {
  text.style.setProperty("height", "auto");
  text.style.setProperty("height", `${text.scrollHeight}px`);
}
