/** Settings for this device, the account's keys and the space. */

import { releaseFingerprint } from "./release-fingerprint.js";
import { lockAfter, setLockAfter } from "../session/idle.js";
import { mayBeRemoved } from "../session/persistence.js";
import { fill, input, on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { mountHistoryDoubts } from "../journals/history-doubts-panel.js";
import { mountSpaceDoubts } from "../linking/space-doubts-panel.js";
import { formerSpaceLinks } from "../linking/former-spaces-panel.js";
import { locale, t, errorMessage } from "../ui/i18n.js";
import { setTheme, currentTheme } from "../ui/theme.js";
import { toBase64Url } from "../crypto/bytes.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "settings",
  auth: "member",
  title: "title",
  tab: "settings",
  async mount(root, app, _, signal) {
    const { session } = app;
    fill(root, { who: t("signed-in-as", { login: session.account.login }) });
    setVisible(root, "recovered", session.account.recovered !== null);
    showSpace(root, app);
    mountHistoryDoubts(part(root, "history-doubts"), app, () => app.journals.visible, signal);
    session.addEventListener("me", () => showSpace(root, app), { signal });
    choose(root, "lock-after", String(lockAfter()), (value) => setLockAfter(Number(value)));
    choose(root, "themes", currentTheme(), (value) =>
      setTheme(/** @type {import("../ui/theme.js").Theme} */ (value)),
    );
    fill(root, { unsent: t(await unsentStays(app)) });
    const stay = input(root, "stay");
    stay.checked = await session.staysOpen();
    stay.disabled = !app.deviceStore.isPersistent;
    stay.addEventListener("change", async () => {
      const wanted = stay.checked;
      stay.checked = await session.stayOpen(wanted);
      if (wanted && !stay.checked) showToast(t("stay-not-kept"));
    });
    on(root, "compare", "toggle", async () => {
      try {
        fill(root, { fingerprint: await releaseFingerprint() });
      } catch {
        fill(root, { fingerprint: t("error-offline") });
      }
    });
    on(root, "lock", "click", () => void session.lock());
    on(root, "sign-out", "click", () => void leave(app, () => session.signOut()));
    on(root, "forget", "click", async () => {
      const drafts = await app.journals.drafts.list();
      const waiting = await app.journals.outbox.pending();
      const unsent = drafts.length + waiting.length > 0;
      fill(root, { "forget-says": t(unsent ? "forget-says-unsent" : "forget-says-nothing") });
      setVisible(root, "forget-box", true);
      part(root, "forget-no").focus();
    });
    on(root, "forget-no", "click", () => setVisible(root, "forget-box", false));
    on(root, "forget-yes", "click", async () => {
      try {
        await app.passkeys.removeFromThisDevice();
        await session.forgetDevice();
        location.replace(`/${locale()}/sign-in`); // the browser has closed this page's storage
      } catch (error) {
        showToast(errorMessage(error));
      }
    });
  },
};

/**
 * Return the name of the sentence about unsent writing that is true on this device.
 * @param {import("../services.js").Services} app
 */
async function unsentStays(app) {
  if (!app.deviceStore.isPersistent) return "unsent-not-kept";
  return (await mayBeRemoved()) ? "unsent-may-go" : "unsent-stays";
}

/**
 * @param {HTMLElement} root
 * @param {import("../services.js").Services} app
 */
function showSpace(root, app) {
  const { active, current, archives, isUncertain } = app.session.spaces;
  const name = active ? app.journals.nameOf(toBase64Url(active.partner)) || t("your-partner") : "";
  const key = active
    ? "linked-with"
    : current
      ? "linked-joining"
      : isUncertain
        ? "linked-unsure"
        : "linked-alone";
  fill(root, { linked: t(key, { name }) });
  mountSpaceDoubts(part(root, "doubts"), app);
  setVisible(root, "to-invite", !current && !isUncertain);
  setVisible(root, "to-joining", current?.state === "joining");
  setVisible(root, "leave-box", app.session.spaces.canLeave);
  setVisible(root, "archives-box", archives.length > 0);
  part(root, "archives").replaceChildren(...formerSpaceLinks(app));
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

/**
 * @param {import("../services.js").Services} app
 * @param {() => Promise<void>} action
 */
async function leave(app, action) {
  try {
    await action();
    await app.router.navigate("sign-in", { replace: true });
  } catch (error) {
    showToast(errorMessage(error));
  }
}
