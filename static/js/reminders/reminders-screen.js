/** Reminders: the member's own ones, and whether this device gets push messages for them. */

import { clock } from "../clock.js";
import { clone, fill, input, on, onSubmit, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { clearSentText } from "../ui/form-state.js";
import { locale, t, errorMessage } from "../ui/i18n.js";
import { NotAllowedError } from "./push-messages.js";
import { momentOf } from "./reminders.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "reminders",
  auth: "member",
  title: "title",
  tab: "settings",
  async mount(root, app, _, signal) {
    const { reminders } = app;
    const trouble = (/** @type {string} */ text) => {
      fill(root, { trouble: text });
      setVisible(root, "trouble", text !== "");
    };
    const render = () => {
      part(root, "due").replaceChildren(
        ...reminders.due.map((reminder) => card(app, reminder, "reminder-due")),
      );
      part(root, "coming").replaceChildren(
        ...reminders.coming.map((reminder) => card(app, reminder, "reminder")),
      );
    };
    onSubmit(root, "form", async () => {
      const moment = new Date(`${input(root, "day").value}T${input(root, "time").value}`);
      if (!(moment.getTime() > clock.time)) return trouble(t("reminder-past"));
      trouble("");
      try {
        const sent = input(root, "text").value;
        await reminders.add(moment, sent.trim());
        clearSentText(input(root, "text"), sent);
      } catch (error) {
        trouble(errorMessage(error));
      }
    });
    reminders.addEventListener("changed", render, { signal });
    render();
    await reminders.load().catch((error) => showToast(errorMessage(error)));
    await onThisDevice(root, app, signal).catch(() => setVisible(root, "device", false));
  },
};

/**
 * @param {import("../services.js").Services} app
 * @param {import("./reminders.js").Opened} entry
 * @param {string} template
 */
function card({ reminders }, entry, template) {
  const root = clone(template);
  const when = new Date(momentOf(entry)).toLocaleString(locale(), {
    dateStyle: "full",
    timeStyle: "short",
  });
  fill(root, { text: String(entry.doc.text), when });
  on(
    root,
    "away",
    "click",
    () => void reminders.remove(entry).catch((error) => showToast(errorMessage(error))),
  );
  return root;
}

/**
 * @param {HTMLElement} root
 * @param {import("../services.js").Services} app
 * @param {AbortSignal} signal
 */
async function onThisDevice(root, { pushMessages, dayReminders }, signal) {
  setVisible(root, "device", pushMessages.isSupported);
  setVisible(root, "no-messages", !pushMessages.isSupported);
  if (!pushMessages.isSupported) return;
  const [wanted, events] = [input(root, "wanted"), input(root, "events")];
  let state = await pushMessages.state({ signal });
  const render = () => {
    wanted.checked = state.here !== null;
    events.checked = state.here?.events ?? false;
    setVisible(root, "events-box", wanted.checked);
    const maker = pushMessages.provider(state);
    fill(root, { "who-sees": t(maker ? "message-seen-by" : "message-seen", { maker }) });
  };
  const change = async () => {
    setVisible(root, "not-allowed", false);
    try {
      if (wanted.checked) state = await pushMessages.subscribe(events.checked);
      else await pushMessages.unsubscribe().then(() => (state = { ...state, here: null }));
    } catch (error) {
      if (error instanceof NotAllowedError || error instanceof DOMException)
        setVisible(root, "not-allowed", true);
      else showToast(errorMessage(error));
    }
    render();
    await dayReminders.setPushEnabled(state.here !== null);
  };
  wanted.addEventListener("change", () => void change());
  events.addEventListener("change", () => void change());
  render();
}
