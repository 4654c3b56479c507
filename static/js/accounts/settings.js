/** Settings: this device, one's key, the space. */

import { lockAfter, setLockAfter } from "../session/idle.js";
import { mayBeRemoved } from "../session/persistence.js";
import { fill, input, on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { showDoubts } from "../linking/doubts.js";
import { canLeave } from "../linking/leave.js";
import { archiveLinks } from "../linking/archive-links.js";
import { language, say, sayError } from "../ui/sentences.js";
import { chooseTheme, theme } from "../ui/theme.js";
import { b64 } from "../crypto/bytes.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "settings",
  needs: "member",
  title: "title",
  tab: "settings",
  async show(root, app) {
    const { session } = app;
    fill(root, { who: say("signed-in-as", { login: session.known.login }) });
    show(root, "recovered", session.known.recovered !== null);
    showSpace(root, app);
    session.addEventListener("me", () => showSpace(root, app));
    choose(root, "lock-after", String(lockAfter()), (value) => setLockAfter(Number(value)));
    choose(root, "themes", theme(), (value) =>
      chooseTheme(/** @type {import("../ui/theme.js").Theme} */ (value)),
    );
    fill(root, { unsent: say(await unsentStays(app)) });
    const stay = input(root, "stay");
    stay.checked = await session.staysOpen();
    stay.disabled = !app.vault.lasting;
    stay.addEventListener("change", async () => {
      const wanted = stay.checked;
      stay.checked = await session.stayOpen(wanted);
      if (wanted && !stay.checked) notice(say("stay-not-kept"));
    });
    on(root, "lock", "click", () => void session.lock());
    on(root, "sign-out", "click", () => void leave(app, () => session.signOut()));
    on(root, "forget", "click", async () => {
      const drafts = await app.journals.drafts.list();
      const waiting = await app.journals.outbox.waiting();
      const unsent = drafts.length + waiting.length > 0;
      fill(root, { "forget-says": say(unsent ? "forget-says-unsent" : "forget-says-nothing") });
      show(root, "forget-box", true);
      part(root, "forget-no").focus();
    });
    on(root, "forget-no", "click", () => show(root, "forget-box", false));
    on(root, "forget-yes", "click", async () => {
      try {
        await app.passkeys.removeHere();
        await session.forgetDevice();
        location.replace(`/${language()}/sign-in`); // the browser has shut this page's storage
      } catch (error) {
        notice(sayError(error));
      }
    });
  },
};

/**
 * What is true here of writing that has not been sent: the name of the sentence that says it.
 * @param {import("../app.js").App} app
 */
async function unsentStays(app) {
  if (!app.vault.lasting) return "unsent-not-kept";
  return (await mayBeRemoved()) ? "unsent-may-go" : "unsent-stays";
}

/** @param {HTMLElement} root @param {import("../app.js").App} app */
function showSpace(root, app) {
  const { active, current, archives, unsure } = app.session.spaces;
  const name = active ? app.journals.nameOf(b64(active.partner)) || say("your-partner") : "";
  const key = active
    ? "linked-with"
    : current
      ? "linked-joining"
      : unsure
        ? "linked-unsure"
        : "linked-alone";
  fill(root, { linked: say(key, { name }) });
  showDoubts(part(root, "doubts"), app);
  show(root, "to-invite", !current && !unsure);
  show(root, "to-joining", current?.state === "joining");
  show(root, "leave-box", canLeave(app));
  show(root, "archives-box", archives.length > 0);
  part(root, "archives").replaceChildren(...archiveLinks(app));
}

/**
 * @param {HTMLElement} root
 * @param {string} name
 * @param {string} now
 * @param {(value: string) => void} chosen
 */
function choose(root, name, now, chosen) {
  for (const radio of part(root, name).querySelectorAll("input")) {
    radio.checked = radio.value === now;
    radio.addEventListener("change", () => radio.checked && chosen(radio.value));
  }
}

/** @param {import("../app.js").App} app @param {() => Promise<void>} how */
async function leave(app, how) {
  try {
    await how();
    await app.router.go("sign-in", { replace: true });
  } catch (error) {
    notice(sayError(error));
  }
}
