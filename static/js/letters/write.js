/** A letter: quieter than a note; to whom, and perhaps closed until a day. */

import { askDay } from "../days/ask.js";
import { spoken } from "../days/dates.js";
import { openPage } from "../journals/open-page.js";
import { Writer } from "../journals/writer.js";
import { partnerName } from "../linking/partner.js";
import { askWhom } from "../naming/whom.js";
import { fill, input, on, part, show } from "../ui/dom.js";
import { language, say } from "../ui/sentences.js";
import { addressee, letterTo } from "./address.js";

const HOME = "space/letters";
const TO_SELF = "self"; // the guide's letter to oneself

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "letter-write",
  needs: "member",
  title: "title",
  endures: true,
  async show(root, app, [id = ""]) {
    const { journals } = app;
    const writer = await Writer.begin(journals, id === TO_SELF ? "" : id, "letter");
    if (!writer) return void app.router.go(HOME, { replace: true });
    const { draft } = writer;
    draft.more ??= {};
    if (id === TO_SELF) draft.more.whom = "self";
    const change = (/** @type {Record<string, any>} */ said) =>
      writer.change({ more: { ...draft.more, ...said } });

    const special = () => {
      if (!writer.closes || !draft.shared) return null;
      const date = spoken(draft.more?.opens ?? "", language());
      return {
        "read-by": say("letter-then-both", { date, name: partnerName(app) }),
        bar: say("both-of-us"),
      };
    };
    const page = openPage(root, app, writer, HOME, special);

    let chosen = addressee({ ...draft.more, to: draft.to });
    const radios = [...part(root, "to-whom").querySelectorAll("input")];
    const draw = () => {
      for (const radio of radios) radio.checked = radio.value === chosen;
      show(root, "names", chosen === "names");
      show(root, "to-box", chosen === "other");
      show(root, "as-friend", chosen === "self");
      show(root, "to-partner", journals.shared !== null || chosen === "partner");
      const salutation = letterTo({ ...draft, v: 1, ...draft.more }, true, app);
      fill(root, { salutation, partner: partnerName(app) });
    };
    for (const radio of radios) {
      radio.addEventListener("change", () => {
        chosen = /** @type {import("./address.js").Addressee} */ (radio.value);
        const whom = chosen === "partner" || chosen === "self" ? chosen : undefined;
        draft.to = chosen === "other" ? input(root, "to").value : "";
        change({ whom, for: undefined });
        ask();
        draw();
        if (chosen === "other") input(root, "to").focus();
      });
    }
    const ask = () =>
      askWhom(part(root, "names"), app, draft.more?.for ?? [], (words) => {
        change({ for: words.length ? words : undefined });
        draw();
      });
    ask();
    input(root, "to").value = draft.to;
    on(root, "to", "input", () => {
      writer.change({ to: input(root, "to").value });
      draw();
    });
    if (!writer.editing) {
      askDay(part(root, "closed-until"), say("letter-closed-ask"), draft.more.opens, (opens) => {
        change({ opens });
        page.draw();
      });
    }
    askDay(part(root, "back-on"), say("back-on"), draft.more.back, (back) => change({ back }));
    draw();
    return page.leave;
  },
};
