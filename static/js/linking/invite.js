/** Inviting: beside me (a QR code) or elsewhere (a link, then four words by voice). */

import { b64 } from "../crypto/bytes.js";
import { writeLink } from "../crypto/invite.js";
import { clone, fill, input, on, onSubmit, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { drawQr } from "../ui/qr.js";
import { heldStill } from "../ui/sent.js";
import { language, say, sayError } from "../ui/sentences.js";
import { makeInvitation } from "./invitation.js";

const DAYS = 7;
export const BESIDE = "beside"; // in this tab's storage: the invitation shown as a picture

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "invite",
  needs: "member",
  title: "title",
  tab: "settings",
  show(root, app) {
    const { session, api } = app;
    if (session.spaces.current) return void app.router.go("space/joining", { replace: true });
    if (session.spaces.unsure) return void app.router.go("space/settings", { replace: true });
    input(root, "name").value = session.known.login;
    let beside = true;
    on(root, "beside", "click", () => (beside = true));
    on(root, "elsewhere", "click", () => (beside = false));
    onSubmit(root, "form", async () => {
      try {
        const name = input(root, "name").value.trim() || session.known.login;
        const how = { name, language: language(), days: DAYS };
        const { invite } = await heldStill(root, () => makeInvitation(session, api, how));
        const link = writeLink(location.origin, language(), invite);
        show(root, "form", false);
        if (beside) showPicture(root, link, b64(invite.id));
        else showLink(root, link);
      } catch (error) {
        fill(root, { trouble: sayError(error) });
        show(root, "trouble", true);
      }
    });
    const open = () => {
      part(root, "open").replaceChildren(...session.known.invitations.map((one) => line(app, one)));
      if (session.spaces.current) void app.router.goFrom(root, "space/joining", { replace: true });
    };
    session.addEventListener("me", open);
    const stop = app.live.listen("ask", () => void session.refresh().catch(() => {}));
    open();
    return () => {
      session.removeEventListener("me", open);
      stop();
    };
  },
};

/** @param {HTMLElement} root @param {string} link @param {string} id */
function showPicture(root, link, id) {
  sessionStorage.setItem(BESIDE, id);
  drawQr(root.querySelector("svg.qr"), link);
  show(root, "picture", true);
}

/** @param {HTMLElement} root @param {string} link */
function showLink(root, link) {
  input(root, "link").value = link;
  show(root, "by-link", true);
  show(root, "share", "share" in navigator);
  on(root, "copy", "click", async () => {
    await navigator.clipboard.writeText(link).catch(() => input(root, "link").select());
    notice(say("copied"));
  });
  on(root, "share", "click", () => void navigator.share({ url: link }).catch(() => {}));
}

/**
 * @param {import("../app.js").App} app
 * @param {import("../net/types.js").WireInvitation} invitation
 */
function line(app, invitation) {
  const item = clone("invitation-line");
  const day = new Intl.DateTimeFormat(language(), { dateStyle: "long" });
  const date = day.format(new Date(invitation.closes));
  fill(item, { what: say(invitation.claimed ? "invitation-opened" : "invitation-open", { date }) });
  on(item, "take-back", "click", async () => {
    await app.api
      .delete("/invitations", { id: invitation.id })
      .catch((error) => notice(sayError(error)));
    await app.session.refresh();
  });
  return item;
}
