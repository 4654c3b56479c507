/**
 * Adding or editing a day: its name, its date, its plan, and whether to announce it the day before.
 */

import { partnerName } from "../entries/partner-name.js";
import { mountRecipientPicker } from "../naming/recipient-picker.js";
import { tNames } from "../naming/t-names.js";
import { TextDraft, bindDraft } from "../entries/text-draft.js";
import { fill, input, onSubmit, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { formSnapshot } from "../ui/form-state.js";
import { locale, t, errorMessage } from "../ui/i18n.js";
import { toDateString as write, parseDate, today } from "../calendar-date.js";
import { nextOccurrence } from "./recurrence.js";

const HOME = "space/days";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "day-write",
  auth: "member",
  title: "title",
  tab: "keepsakes",
  async mount(root, app, [id], signal) {
    const { days, resurfacing, router, journals } = app;
    await days.load().catch((error) => showToast(errorMessage(error)));
    const before = id ? days.get(id) : null;
    if (id && !before) return void router.navigate(HOME, { replace: true });
    const linked = journals.shared !== null;
    const whats = [...part(root, "whats").querySelectorAll("input")];
    const plan = /** @type {HTMLTextAreaElement} */ (part(root, "plan"));
    const month = /** @type {HTMLSelectElement} */ (part(root, "month"));
    const draft = await TextDraft.named(journals, "day", id ?? "new");
    let whom = before?.for ?? [];
    let day = id;

    fillMonths(month);
    const found = parseDate(before?.date);
    month.value = String(found?.month ?? Number(today().slice(5, 7)));
    input(root, "date").value = found ? String(found.date) : "";
    input(root, "year").value = found?.year ? String(found.year) : "";
    input(root, "yearly").checked = before ? Boolean(before.yearly) : true;
    input(root, "name").value = before?.name ?? "";
    input(root, "warn").checked = Boolean(id && resurfacing.stateOf(id).warn);
    input(root, before?.shared ? "ours" : "mine").checked = true;
    for (const radio of whats) radio.checked = radio.value === (before?.what ?? "due");
    mountRecipientPicker(part(root, "whom-place"), app, whom, (chosen) => (whom = chosen));
    const chosenKind = () => whats.find((radio) => radio.checked)?.value ?? "other";
    const shared = () => linked && input(root, "ours").checked;

    const render = () => {
      const loss = app.naming.word("loss");
      setVisible(root, "choice", linked);
      setVisible(root, "name-box", chosenKind() === "other");
      setVisible(root, "whom-place", chosenKind() !== "loss");
      root.classList.toggle("mine", !shared());
      root.classList.toggle("ours", shared());
      const key = shared() ? "day-read-by-both" : linked ? "read-by-me" : "read-by-me-alone";
      fill(root, {
        loss: tNames("day-of-loss", loss ? [loss] : []),
        "read-by": t(key, { name: partnerName(app) }),
      });
    };
    root.addEventListener("change", render);

    onSubmit(root, "form", async () => {
      setVisible(root, "trouble", false);
      const date = dateOf(root, month);
      if (!date) {
        fill(root, { trouble: t("day-none-such") });
        setVisible(root, "trouble", true);
        return input(root, "date").focus();
      }
      const yearly = input(root, "yearly").checked;
      const once = yearly
        ? date
        : (nextOccurrence({ id: "", shared: false, what: "other", date }, today())?.on ?? date);
      const name = chosenKind() === "other" ? input(root, "name").value.trim() : "";
      const fields = {
        what: chosenKind(),
        date: parseDate(date)?.year ? date : once,
        yearly,
        ...(name && { name }),
        ...(whom.length && chosenKind() !== "loss" && { for: whom }),
        ...(plan.value.trim() && { plan: plan.value.trim() }),
      };
      try {
        const sent = formSnapshot(root);
        const kept = await days.save(fields, shared(), day);
        day = kept; // a retry after an error updates the same day
        const warn = input(root, "warn").checked || undefined;
        if (warn !== resurfacing.stateOf(kept).warn) await resurfacing.update(kept, { warn });
        if (formSnapshot(root) !== sent) return showToast(t("saved-more"));
        await draft.clear();
        await router.navigateIfCurrent(root, HOME, { replace: true });
      } catch (error) {
        fill(root, { trouble: errorMessage(error) });
        setVisible(root, "trouble", true);
      }
    });
    render();
    await bindDraft(plan, draft, signal);
    plan.value ||= before?.plan ?? "";
  },
};

/** @param {HTMLSelectElement} select */
function fillMonths(select) {
  const name = new Intl.DateTimeFormat(locale(), { month: "long", timeZone: "UTC" });
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
 * @returns {string | null} null if there is no such date
 */
function dateOf(root, month) {
  const [date, year] = [input(root, "date").value.trim(), input(root, "year").value.trim()];
  if (!/^\d{1,2}$/.test(date) || !/^(\d{4})?$/.test(year)) return null;
  const text = write(year ? Number(year) : null, Number(month.value), Number(date));
  return parseDate(text) ? text : null;
}
