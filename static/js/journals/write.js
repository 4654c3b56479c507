/** The open page: who can read it, what is written, feelings, speaking, Save. */

import { clone, fill, input, on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { language, say, sayError } from "../ui/sentences.js";
import { NotConnected } from "../net/api.js";
import { Conflict } from "./journal.js";
import { chooseFeelings } from "./feeling-chips.js";
import { speaking } from "./speaking.js";
import { Writer } from "./writer.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "write",
  needs: "member",
  title: "title",
  endures: true,
  async show(root, app, [id = ""]) {
    const { journals } = app;
    const writer = await Writer.begin(journals, id);
    if (!writer) return void app.router.go("space/journal", { replace: true });
    const text = /** @type {HTMLTextAreaElement} */ (part(root, "text"));
    const { draft } = writer;
    journals.writing = draft;
    if (text.value && !draft.text) writer.change({ text: text.value }); // typed while it opened
    text.value = draft.text;
    input(root, "to").value = draft.to;
    fill(root, { first: firstLine() });
    show(root, "first", !draft.text);
    show(root, "choice", journals.shared !== null && !writer.editing);

    const reader = () => {
      const name = journals.shared ? journals.nameOf(partnerOf(app)) : "";
      root.classList.toggle("mine", !draft.shared);
      root.classList.toggle("ours", draft.shared);
      const key = draft.shared ? "read-by-both" : journals.shared ? "read-by-me" : "read-by-me-alone";
      fill(root, { "read-by": say(key, { name }), bar: say(draft.shared ? "both-of-us" : "only-me") });
      show(root, "bar-mine", !draft.shared);
      show(root, "bar-ours", draft.shared);
      input(root, "mine").checked = !draft.shared;
      input(root, "ours").checked = draft.shared;
      show(root, "to-box", draft.type === "letter");
      part(root, "letter").setAttribute("aria-pressed", String(draft.type === "letter"));
    };
    const said = (/** @type {string} */ key) => fill(root, { saved: key && say(key) });
    const here = () => history.replaceState(null, "", `/${language()}/space/journal/write/${draft.id}`);
    writer.addEventListener("kept", here, { once: true }); // so that a reload comes back to it
    writer.addEventListener("kept", () => said(journals.drafts.lasting ? "kept-here" : "not-kept-here"));

    on(root, "mine", "change", () => (writer.change({ shared: false }), reader()));
    on(root, "ours", "change", () => (writer.change({ shared: true }), reader()));
    on(root, "letter", "click", () => {
      writer.change({ type: draft.type === "letter" ? "note" : "letter" });
      reader();
    });
    on(root, "to", "input", () => writer.change({ to: input(root, "to").value }));
    text.addEventListener("input", () => {
      show(root, "first", !text.value);
      grow(text);
      writer.change({ text: text.value });
    });
    on(root, "first", "click", () => {
      text.value = `${firstLineOn(root)} `;
      text.dispatchEvent(new Event("input"));
      text.focus();
    });
    chooseFeelings(part(root, "feelings"), draft.feelings, (feelings) => writer.change({ feelings }));
    const stopSpeaking = speaking(root, writer);

    on(root, "save", "click", async () => {
      if (!writer.hasWords) return text.focus();
      try {
        const waits = await writer.save();
        notice(!waits ? say("saved") : waits instanceof NotConnected ? say("saved-here") : sayError(waits));
        await app.router.go("space/journal", { replace: true });
      } catch (error) {
        if (error instanceof Conflict) return showBoth(root, app, writer, error);
        notice(sayError(error));
        said("kept-here");
      }
    });
    on(root, "away", "click", () => void app.router.go("space/journal"));
    const arranged = async () => {
      if (await writer.comeHome()) here();
      show(root, "choice", journals.shared !== null && !writer.editing);
      reader();
    };
    journals.addEventListener("arranged", arranged);
    reader();
    grow(text);
    if (!draft.text) text.focus({ preventScroll: true });
    return () => {
      journals.writing = null;
      journals.removeEventListener("arranged", arranged);
      stopSpeaking();
    };
  },
};

/** @param {import("../app.js").App} app */
function partnerOf(app) {
  return app.session.known.space?.partner ?? "";
}

/** Both texts, with "save both" first: nothing is merged or overwritten in silence. @param {HTMLElement} root @param {import("../app.js").App} app @param {Writer} writer @param {Conflict} conflict */
function showBoth(root, app, writer, { current }) {
  const box = clone("both-texts");
  fill(box, { theirs: String(current?.doc?.text ?? ""), "mine-text": writer.draft.text });
  on(box, "save-both", "click", async () => {
    try {
      await writer.saveAsNew();
      notice(say("saved-both"));
      await app.router.go("space/journal", { replace: true });
    } catch (error) {
      notice(sayError(error));
    }
  });
  part(root, "conflict").replaceChildren(box);
  part(box, "save-both").focus();
}

/** One of the lines on offer, chosen anew each time. @returns {string} */
function firstLine() {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("first-lines"));
  const lines = [...template.content.querySelectorAll("li")].map((one) => one.textContent ?? "");
  return lines[Math.floor(Math.random() * lines.length)] ?? "";
}

/** @param {HTMLElement} root */
function firstLineOn(root) {
  return (part(root, "first").textContent ?? "").replace(/…$/, "").trim();
}

/** @param {HTMLTextAreaElement} text */
function grow(text) {
  text.style.setProperty("height", "auto");
  text.style.setProperty("height", `${text.scrollHeight}px`);
}
