/** A day to write down: which, when, what is planned, and whether it may say so the day before. */

import { partnerName } from "../linking/partner.js";
import { askWhom } from "../naming/whom.js";
import { sayOf } from "../naming/sentences.js";
import { AnswerDraft, keepsDraft } from "../talk/answer-draft.js";
import { fill, input, onSubmit, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { whatStands } from "../ui/sent.js";
import { language, say, sayError } from "../ui/sentences.js";
import { day as write, read, today } from "./dates.js";
import { nextOf } from "./next.js";

const HOME = "space/days";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "day-write",
  needs: "member",
  title: "title",
  tab: "keepsakes",
  async show(root, app, [id]) {
    const { days, returns, router, journals } = app;
    await days.load().catch((error) => notice(sayError(error)));
    const before = id ? days.get(id) : null;
    if (id && !before) return void router.go(HOME, { replace: true });
    const linked = journals.shared !== null;
    const whats = [...part(root, "whats").querySelectorAll("input")];
    const plan = /** @type {HTMLTextAreaElement} */ (part(root, "plan"));
    const month = /** @type {HTMLSelectElement} */ (part(root, "month"));
    const draft = await AnswerDraft.of(journals, "day", id ?? "new");
    let whom = before?.for ?? [];
    let day = id;

    fillMonths(month);
    const found = read(before?.date);
    month.value = String(found?.month ?? Number(today().slice(5, 7)));
    input(root, "date").value = found ? String(found.date) : "";
    input(root, "year").value = found?.year ? String(found.year) : "";
    input(root, "yearly").checked = before ? Boolean(before.yearly) : true;
    input(root, "name").value = before?.name ?? "";
    input(root, "warn").checked = Boolean(id && returns.of(id).warn);
    input(root, before?.shared ? "ours" : "mine").checked = true;
    for (const radio of whats) radio.checked = radio.value === (before?.what ?? "due");
    askWhom(part(root, "whom-place"), app, whom, (chosen) => (whom = chosen));
    const what = () => whats.find((radio) => radio.checked)?.value ?? "other";
    const shared = () => linked && input(root, "ours").checked;

    const draw = () => {
      const loss = app.naming.word("loss");
      show(root, "choice", linked);
      show(root, "name-box", what() === "other");
      show(root, "whom-place", what() !== "loss");
      root.classList.toggle("mine", !shared());
      root.classList.toggle("ours", shared());
      const key = shared() ? "day-read-by-both" : linked ? "read-by-me" : "read-by-me-alone";
      fill(root, {
        loss: sayOf("day-of-loss", loss ? [loss] : []),
        "read-by": say(key, { name: partnerName(app) }),
      });
    };
    root.addEventListener("change", draw);

    onSubmit(root, "form", async () => {
      show(root, "trouble", false);
      const date = dateOf(root, month);
      if (!date) {
        fill(root, { trouble: say("day-none-such") });
        show(root, "trouble", true);
        return input(root, "date").focus();
      }
      const yearly = input(root, "yearly").checked;
      const once = yearly
        ? date
        : (nextOf({ id: "", shared: false, what: "other", date }, today())?.on ?? date);
      const name = what() === "other" ? input(root, "name").value.trim() : "";
      const said = {
        what: what(),
        date: read(date)?.year ? date : once,
        yearly,
        ...(name && { name }),
        ...(whom.length && what() !== "loss" && { for: whom }),
        ...(plan.value.trim() && { plan: plan.value.trim() }),
      };
      try {
        const sent = whatStands(root);
        const kept = await days.put(said, shared(), day);
        day = kept; // saved again it is still one
        const warn = input(root, "warn").checked || undefined;
        if (warn !== returns.of(kept).warn) await returns.mark(kept, { warn });
        if (whatStands(root) !== sent) return notice(say("saved-more"));
        await draft.drop();
        await router.goFrom(root, HOME, { replace: true });
      } catch (error) {
        fill(root, { trouble: sayError(error) });
        show(root, "trouble", true);
      }
    });
    draw();
    await keepsDraft(plan, draft);
    plan.value ||= before?.plan ?? "";
  },
};

/** @param {HTMLSelectElement} select */
function fillMonths(select) {
  const name = new Intl.DateTimeFormat(language(), { month: "long", timeZone: "UTC" });
  for (let month = 1; month <= 12; month++) {
    const option = document.createElement("option");
    option.value = String(month);
    option.textContent = name.format(new Date(Date.UTC(2000, month - 1, 1)));
    select.append(option);
  }
}

/**
 * @param {HTMLElement} root
 * @param {HTMLSelectElement} month
 * @returns {string | null} null when there is no such day
 */
function dateOf(root, month) {
  const [date, year] = [input(root, "date").value.trim(), input(root, "year").value.trim()];
  if (!/^\d{1,2}$/.test(date) || !/^(\d{4})?$/.test(year)) return null;
  const text = write(year ? Number(year) : null, Number(month.value), Number(date));
  return read(text) ? text : null;
}
