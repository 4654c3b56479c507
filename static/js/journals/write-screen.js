/** Writing an entry: its text, its audience, feelings, recording, saving. */

import { mountDateChip } from "../ui/date-chip.js";
import { fill, on, part, setVisible } from "../ui/dom.js";
import { locale, t } from "../ui/i18n.js";
import { editorPath } from "../entries/entry-card.js";
import { mountFeelingChips } from "./feeling-chips.js";
import { draftOpenElsewhere } from "../replica/draft-lock.js";
import { mountEditor, showTabNotice } from "../entries/editor.js";
import { openDraft } from "../replica/open-draft.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "write",
  auth: "member",
  title: "title",
  survivesSpaceEnd: true,
  async mount(root, app, [id = ""], signal) {
    const writer = await openDraft(app.journals, id);
    if (!writer) return void app.router.navigate("space/journal", { replace: true });
    const { draft } = writer;
    const asLetter = () =>
      app.router.navigateIfCurrent(root, `${editorPath("letter")}/${draft.id}`, { replace: true });
    if (draft.type === "letter") return void asLetter();
    mountEditor(root, app, writer, "space/journal", signal);
    const other = id ? null : await draftOpenElsewhere(app.journals.drafts);
    if (other && other.id !== draft.id && (other.shared || !app.journals.pinLock.isLocked)) {
      showTabNotice(
        part(root, "conflict"),
        "tab-new",
        `/${locale()}/${editorPath(other.type)}/${other.id}`,
      );
    }
    const text = /** @type {HTMLTextAreaElement} */ (part(root, "text"));
    fill(root, { first: firstLine() });
    setVisible(root, "first", !draft.text);
    text.addEventListener("input", () => setVisible(root, "first", !text.value));
    on(root, "first", "click", () => {
      text.value = `${firstLineOn(root)} `;
      text.dispatchEvent(new Event("input"));
      text.focus();
    });
    setVisible(root, "letter", !writer.editing);
    on(root, "letter", "click", async () => {
      writer.change({ type: "letter" });
      await writer.saveTask.idle();
      await asLetter();
    });
    mountFeelingChips(part(root, "feelings"), draft.feelings, (feelings) =>
      writer.change({ feelings }),
    );
    mountDateChip(part(root, "back-on"), t("back-on"), draft.more?.back, (back) => {
      writer.change({ more: { ...draft.more, back } });
    });
  },
};

/**
 * Return one of the suggested first lines, chosen at random each time.
 * @returns {string}
 */
function firstLine() {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("first-lines"));
  const lines = [...template.content.querySelectorAll("li")].map((line) => line.textContent ?? "");
  return lines[Math.floor(Math.random() * lines.length)] ?? "";
}

/** @param {HTMLElement} root */
function firstLineOn(root) {
  return (part(root, "first").textContent ?? "").replace(/…$/, "").trim();
}
