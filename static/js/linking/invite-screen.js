/** Inviting: in person (a QR code) or remotely (a link, then four words by voice). */

import { toBase64Url } from "../crypto/bytes.js";
import { writeLink } from "../crypto/invite.js";
import { clone, fill, input, on, onSubmit, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { drawQr } from "../ui/qr.js";
import { whileReadOnly } from "../ui/form-state.js";
import { locale, t, errorMessage } from "../ui/i18n.js";
import { makeInvitation } from "./invitation.js";

const DAYS = 7;
export const IN_PERSON_KEY = "beside"; // in this tab's storage: the invitation shown as a QR code

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "invite",
  auth: "member",
  title: "title",
  tab: "settings",
  mount(root, app, _, signal) {
    const { session, api } = app;
    if (session.spaces.current) return void app.router.navigate("space/joining", { replace: true });
    if (session.spaces.isUncertain)
      return void app.router.navigate("space/settings", { replace: true });
    input(root, "name").value = session.account.login;
    let beside = true;
    on(root, "beside", "click", () => (beside = true));
    on(root, "elsewhere", "click", () => (beside = false));
    onSubmit(root, "form", async () => {
      try {
        const name = input(root, "name").value.trim() || session.account.login;
        const options = { name, language: locale(), days: DAYS };
        const { invite } = await whileReadOnly(root, () => makeInvitation(session, api, options));
        const link = writeLink(location.origin, locale(), invite);
        setVisible(root, "form", false);
        if (beside) showPicture(root, link, toBase64Url(invite.id));
        else showLink(root, link);
      } catch (error) {
        fill(root, { trouble: errorMessage(error) });
        setVisible(root, "trouble", true);
      }
    });
    const open = () => {
      part(root, "open").replaceChildren(
        ...session.account.invitations.map((invitation) => line(app, invitation)),
      );
      if (session.spaces.current)
        void app.router.navigateIfCurrent(root, "space/joining", { replace: true });
    };
    session.addEventListener("me", open, { signal });
    open();
  },
};

/**
 * @param {HTMLElement} root
 * @param {string} link
 * @param {string} id
 */
function showPicture(root, link, id) {
  sessionStorage.setItem(IN_PERSON_KEY, id);
  drawQr(root.querySelector("svg.qr"), link);
  setVisible(root, "picture", true);
}

/**
 * @param {HTMLElement} root
 * @param {string} link
 */
function showLink(root, link) {
  input(root, "link").value = link;
  setVisible(root, "by-link", true);
  setVisible(root, "share", "share" in navigator);
  on(root, "copy", "click", async () => {
    await navigator.clipboard.writeText(link).catch(() => input(root, "link").select());
    showToast(t("copied"));
  });
  on(root, "share", "click", () => void navigator.share({ url: link }).catch(() => {}));
}

/**
 * @param {import("../services.js").Services} app
 * @param {import("../net/types.js").WireInvitation} invitation
 */
function line(app, invitation) {
  const item = clone("invitation-line");
  const day = new Intl.DateTimeFormat(locale(), { dateStyle: "long" });
  const date = day.format(new Date(invitation.closes));
  fill(item, { what: t(invitation.claimed ? "invitation-opened" : "invitation-open", { date }) });
  on(item, "take-back", "click", async () => {
    await app.api
      .delete("/invitations", { id: invitation.id })
      .catch((error) => showToast(errorMessage(error)));
    await app.session.refresh();
  });
  return item;
}
