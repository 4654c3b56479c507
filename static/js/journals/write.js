/** The open page: what is written, who can read it, feelings, speaking, Save. */

import { askDay } from "../days/ask.js";
import { fill, on, part, show } from "../ui/dom.js";
import { language, say } from "../ui/sentences.js";
import { writingAddress } from "./card.js";
import { chooseFeelings } from "./feeling-chips.js";
import { openElsewhere } from "./one-tab.js";
import { openPage, sayOfTab } from "./open-page.js";
import { Writer } from "./writer.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "write",
  needs: "member",
  title: "title",
  endures: true,
  async show(root, app, [id = ""]) {
    const writer = await Writer.begin(app.journals, id);
    if (!writer) return void app.router.go("space/journal", { replace: true });
    const { draft } = writer;
    const asLetter = () =>
      app.router.goFrom(root, `${writingAddress("letter")}/${draft.id}`, { replace: true });
    if (draft.type === "letter") return void asLetter();
    const page = openPage(root, app, writer, "space/journal");
    const other = id ? null : await openElsewhere(app.journals.drafts);
    if (other && other.id !== draft.id && (other.shared || !app.journals.onlyMe.closed)) {
      sayOfTab(
        part(root, "conflict"),
        "tab-new",
        `/${language()}/${writingAddress(other.type)}/${other.id}`,
      );
    }
    const text = /** @type {HTMLTextAreaElement} */ (part(root, "text"));
    fill(root, { first: firstLine() });
    show(root, "first", !draft.text);
    text.addEventListener("input", () => show(root, "first", !text.value));
    on(root, "first", "click", () => {
      text.value = `${firstLineOn(root)} `;
      text.dispatchEvent(new Event("input"));
      text.focus();
    });
    show(root, "letter", !writer.editing);
    on(root, "letter", "click", async () => {
      writer.change({ type: "letter" });
      await writer.keeping.settled();
      await asLetter();
    });
    chooseFeelings(part(root, "feelings"), draft.feelings, (feelings) =>
      writer.change({ feelings }),
    );
    askDay(part(root, "back-on"), say("back-on"), draft.more?.back, (back) => {
      writer.change({ more: { ...draft.more, back } });
    });
    return page.leave;
  },
};

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
