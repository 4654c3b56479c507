/** What every page to write on does: who can read it, kept, spoken, saved, both texts. */

import { clone, fill, input, on, oneAtATime, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { language, say, sayError } from "../ui/sentences.js";
import { partnerName } from "../linking/partner.js";
import { askAsNew, isGone } from "./as-new.js";
import { writingAddress } from "./card.js";
import { Conflict } from "./journal.js";
import { holdDraft } from "./one-tab.js";
import { sayPosted } from "./posted.js";
import { speaking } from "./speaking.js";

/**
 * @param {HTMLElement} root
 * @param {import("../app.js").App} app
 * @param {import("./writer.js").Writer} writer
 * @param {string} home where one is when it is saved
 * @param {() => { "read-by": string, bar: string } | null} [special] what is said of the reader in
 *    place of the usual
 * @returns {{ draw: () => void, leave: () => void }} `draw` says again who can read it
 */
export function openPage(root, app, writer, home, special = () => null) {
  const { journals, router } = app;
  const text = /** @type {HTMLTextAreaElement} */ (part(root, "text"));
  const { draft } = writer;
  journals.writing = draft;
  if (text.value && !draft.text) writer.change({ text: text.value }); // typed while it opened
  text.value = draft.text;

  const usual = () => {
    const key = draft.shared ? "read-by-both" : journals.shared ? "read-by-me" : "read-by-me-alone";
    const name = journals.shared || draft.shared ? partnerName(app) : "";
    return { "read-by": say(key, { name }), bar: say(draft.shared ? "both-of-us" : "only-me") };
  };
  const draw = () => {
    root.classList.toggle("mine", !draft.shared);
    root.classList.toggle("ours", draft.shared);
    fill(root, special() ?? usual());
    show(root, "bar-mine", !draft.shared);
    show(root, "bar-ours", draft.shared);
    input(root, "mine").checked = !draft.shared;
    input(root, "ours").checked = draft.shared;
    show(root, "choice", journals.shared !== null && !writer.editing);
  };
  const said = (/** @type {string} */ key) => fill(root, { saved: say(key) });
  const here = () =>
    root.isConnected &&
    history.replaceState(null, "", `/${language()}/${writingAddress(draft.type)}/${draft.id}`);
  writer.addEventListener("kept", here, { once: true }); // so that a reload comes back to it
  let kept = false; // nothing is said of a page on which nothing was written
  const sayKept = () => {
    if (!writer.fits) said("too-long");
    else if (kept) said(journals.drafts.whereKept(writer.draft.id));
  };
  // What is said of the last change is not yet true of the next one.
  const busy = () => part(root, "saved").setAttribute("aria-busy", String(writer.keeping.wanted));
  writer.addEventListener("changed", () => part(root, "saved").setAttribute("aria-busy", "true"));
  writer.addEventListener("kept", () => {
    kept = true;
    busy();
    sayKept();
  });
  journals.vault.addEventListener("changed", sayKept);

  const tell = () => {
    writer.apart = true;
    sayOfTab(part(root, "conflict"), "tab-same");
  };
  const free = () => {
    if (writer.apart) void router.show(); // as it stands now, and held here
  };
  let letGo = holdDraft(draft.id, { elsewhere: tell, free });
  writer.addEventListener("another", () => {
    letGo();
    letGo = holdDraft(draft.id, { elsewhere: () => {}, free: () => {} });
    sayOfTab(part(root, "conflict"), "tab-another");
    here();
    draw();
  });
  on(root, "mine", "change", () => (writer.change({ shared: false }), draw()));
  on(root, "ours", "change", () => (writer.change({ shared: true }), draw()));
  text.addEventListener("input", () => {
    grow(text);
    writer.change({ text: text.value });
    if (!writer.fits) said("too-long");
  });
  const { hear, finish, end: stopSpeaking } = speaking(root, writer, app.session);

  /**
   * Save, and go on if nothing more was written meanwhile.
   * @param {() => Promise<unknown>} how
   * @param {string} [well]
   * @returns {Promise<void>}
   */
  const save = async (how, well = writer.draft.shared ? "saved" : "saved-mine") => {
    // who can read it is settled while it goes
    part(root, "choice").toggleAttribute("disabled", true);
    try {
      const waits = await how();
      const { id } = writer.draft;
      part(root, "conflict").replaceChildren();
      if (!waits && writer.more) return notice(say("saved-more"));
      notice(waits ? sayPosted(journals.outbox, id, waits) : say(well));
      if (writer.more || (waits && !journals.outbox.isOnDisk(id))) return; // it stays in sight
      await router.goFrom(root, home, { replace: true });
    } catch (error) {
      const gone = error instanceof Conflict ? !error.current : isGone(error);
      if (gone) return askAsNew(part(root, "conflict"), () => save(() => writer.saveAsNew()));
      if (error instanceof Conflict) {
        return showBoth(root, writer, error, () => save(() => writer.saveAsNew(), "saved-both"));
      }
      notice(sayError(error));
      sayKept();
    } finally {
      part(root, "choice").toggleAttribute("disabled", false);
      hear();
      draw();
    }
  };
  const tap = oneAtATime(() => save(() => writer.save()));
  on(root, "save", "click", async () => {
    await finish();
    if (writer.hasWords) await tap();
    else text.focus();
  });
  on(root, "away", "click", () => void router.go(home));
  const arranged = async () => {
    if (await writer.comeHome()) here();
    draw();
  };
  journals.addEventListener("arranged", arranged);
  const arrived = (/** @type {Event} */ event) => {
    if (!(event instanceof CustomEvent) || event.detail.id !== writer.draft.id) return;
    writer.arrived();
    if (writer.saving) return;
    const more = writer.draft.stamp !== event.detail.stamp;
    notice(say(more ? "saved-more" : "saved")); // what waited here for a connection
    if (!more) return void router.goFrom(root, home, { replace: true });
    hear();
    draw();
  };
  journals.outbox.addEventListener("arrived", arrived);
  draw();
  grow(text);
  if (!draft.text) text.focus({ preventScroll: true });
  const leave = () => {
    void writer.keeping.settled().then(() => letGo()); // another tab then finds all of it
    journals.writing = null;
    journals.removeEventListener("arranged", arranged);
    journals.outbox.removeEventListener("arrived", arrived);
    journals.vault.removeEventListener("changed", sayKept);
    stopSpeaking();
  };
  return { draw, leave };
}

/**
 * Say which page this is, where another tab has one open too.
 * @param {HTMLElement} place
 * @param {"tab-same" | "tab-another" | "tab-new"} which
 * @param {string} [there] the address of the other one
 */
export function sayOfTab(place, which, there = "") {
  const box = clone("of-tab");
  fill(box, { says: say(which) });
  show(box, "there", there !== "");
  /** @type {HTMLAnchorElement} */ (part(box, "there")).href = there;
  place.replaceChildren(box);
}

/**
 * Both texts, with "save both" first: nothing is merged or overwritten in silence.
 * @param {HTMLElement} root
 * @param {import("./writer.js").Writer} writer
 * @param {Conflict} conflict
 * @param {() => Promise<void>} saveBoth
 */
function showBoth(root, writer, { current }, saveBoth) {
  const box = clone("both-texts");
  fill(box, { theirs: String(current?.doc?.text ?? ""), "mine-text": writer.draft.text });
  on(box, "save-both", "click", oneAtATime(saveBoth));
  part(root, "conflict").replaceChildren(box);
  part(box, "save-both").focus();
}

/** @param {HTMLTextAreaElement} text */
function grow(text) {
  text.style.setProperty("height", "auto");
  text.style.setProperty("height", `${text.scrollHeight}px`);
}
