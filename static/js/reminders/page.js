/** Reminders: what one wants to be reminded of, and whether a message comes to this device. */

import { clock } from "../clock.js";
import { clone, fill, input, on, onSubmit, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { takeOut } from "../ui/sent.js";
import { language, say, sayError } from "../ui/sentences.js";
import { NotAllowed } from "./messages.js";
import { momentOf } from "./reminders.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "reminders",
  needs: "member",
  title: "title",
  tab: "settings",
  async show(root, app) {
    const { reminders } = app;
    const trouble = (/** @type {string} */ text) => {
      fill(root, { trouble: text });
      show(root, "trouble", text !== "");
    };
    const draw = () => {
      part(root, "due").replaceChildren(
        ...reminders.due.map((one) => card(app, one, "reminder-due")),
      );
      part(root, "coming").replaceChildren(
        ...reminders.coming.map((one) => card(app, one, "reminder")),
      );
    };
    onSubmit(root, "form", async () => {
      const moment = new Date(`${input(root, "day").value}T${input(root, "time").value}`);
      if (!(moment.getTime() > clock.time)) return trouble(say("reminder-past"));
      trouble("");
      try {
        const sent = input(root, "text").value;
        await reminders.add(moment, sent.trim());
        takeOut(input(root, "text"), sent);
      } catch (error) {
        trouble(sayError(error));
      }
    });
    reminders.addEventListener("changed", draw);
    draw();
    await reminders.load().catch((error) => notice(sayError(error)));
    await onThisDevice(root, app).catch(() => show(root, "device", false));
    return () => reminders.removeEventListener("changed", draw);
  },
};

/**
 * @param {import("../app.js").App} app
 * @param {import("./reminders.js").Opened} entry
 * @param {string} template
 */
function card({ reminders }, entry, template) {
  const root = clone(template);
  const when = new Date(momentOf(entry)).toLocaleString(language(), {
    dateStyle: "full",
    timeStyle: "short",
  });
  fill(root, { text: String(entry.doc.text), when });
  on(
    root,
    "away",
    "click",
    () => void reminders.remove(entry).catch((error) => notice(sayError(error))),
  );
  return root;
}

/** @param {HTMLElement} root @param {import("../app.js").App} app */
async function onThisDevice(root, { messages, warnings }) {
  show(root, "device", messages.possible);
  show(root, "no-messages", !messages.possible);
  if (!messages.possible) return;
  const [wanted, events] = [input(root, "wanted"), input(root, "events")];
  let state = await messages.state();
  const draw = () => {
    wanted.checked = state.here !== null;
    events.checked = state.here?.events ?? false;
    show(root, "events-box", wanted.checked);
    const maker = messages.maker(state);
    fill(root, { "who-sees": say(maker ? "message-seen-by" : "message-seen", { maker }) });
  };
  const change = async () => {
    show(root, "not-allowed", false);
    try {
      if (wanted.checked) state = await messages.want(events.checked);
      else await messages.wantNone().then(() => (state = { ...state, here: null }));
    } catch (error) {
      if (error instanceof NotAllowed || error instanceof DOMException)
        show(root, "not-allowed", true);
      else notice(sayError(error));
    }
    draw();
    await warnings.messagesCome(state.here !== null);
  };
  wanted.addEventListener("change", () => void change());
  events.addEventListener("change", () => void change());
  draw();
}
