/**
 * Writing a letter: a plainer screen than a note's, with a recipient and an optional day before
 * which it stays closed.
 */

import { mountDateChip } from "../ui/date-chip.js";
import { formatDate } from "../calendar-date.js";
import { mountEditor } from "../entries/editor.js";
import { openDraft } from "../replica/open-draft.js";
import { partnerName } from "../entries/partner-name.js";
import { mountRecipientPicker } from "../naming/recipient-picker.js";
import { fill, input, on, part, setVisible } from "../ui/dom.js";
import { locale, t } from "../ui/i18n.js";
import { addressee, recipientLine } from "../entries/letter-recipient.js";

const HOME = "space/letters";
const TO_SELF = "self"; // the guide's letter to oneself

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "letter-write",
  auth: "member",
  title: "title",
  survivesSpaceEnd: true,
  async mount(root, app, [id = ""], signal) {
    const { journals } = app;
    const writer = await openDraft(journals, id === TO_SELF ? "" : id, "letter");
    if (!writer) return void app.router.navigate(HOME, { replace: true });
    const { draft } = writer;
    draft.more ??= {};
    if (id === TO_SELF) draft.more.whom = "self";
    const change = (/** @type {Record<string, any>} */ fields) =>
      writer.change({ more: { ...draft.more, ...fields } });

    const special = () => {
      if (!writer.staysTimeLocked || !draft.shared) return null;
      const date = formatDate(draft.more?.opens ?? "", locale());
      return {
        "read-by": t("letter-then-both", { date, name: partnerName(app) }),
        bar: t("both-of-us"),
      };
    };
    const drawReader = mountEditor(root, app, writer, HOME, signal, special);

    let chosen = addressee({ ...draft.more, to: draft.to });
    const radios = [...part(root, "to-whom").querySelectorAll("input")];
    const render = () => {
      for (const radio of radios) radio.checked = radio.value === chosen;
      setVisible(root, "names", chosen === "names");
      setVisible(root, "to-box", chosen === "other");
      setVisible(root, "as-friend", chosen === "self");
      setVisible(root, "to-partner", journals.shared !== null || chosen === "partner");
      const salutation = recipientLine({ ...draft, v: 1, ...draft.more }, true, app);
      fill(root, { salutation, partner: partnerName(app) });
    };
    for (const radio of radios) {
      radio.addEventListener("change", () => {
        chosen = /** @type {import("../entries/letter-recipient.js").Addressee} */ (radio.value);
        const whom = chosen === "partner" || chosen === "self" ? chosen : undefined;
        draft.to = chosen === "other" ? input(root, "to").value : "";
        change({ whom, for: undefined });
        ask();
        render();
        if (chosen === "other") input(root, "to").focus();
      });
    }
    const ask = () =>
      mountRecipientPicker(part(root, "names"), app, draft.more?.for ?? [], (words) => {
        change({ for: words.length ? words : undefined });
        render();
      });
    ask();
    input(root, "to").value = draft.to;
    on(root, "to", "input", () => {
      writer.change({ to: input(root, "to").value });
      render();
    });
    if (!writer.editing) {
      mountDateChip(
        part(root, "closed-until"),
        t("letter-closed-ask"),
        draft.more.opens,
        (opens) => {
          change({ opens });
          drawReader();
        },
      );
    }
    mountDateChip(part(root, "back-on"), t("back-on"), draft.more.back, (back) => change({ back }));
    render();
  },
};
