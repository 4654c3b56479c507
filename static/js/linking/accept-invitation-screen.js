/** Accepting an invitation from its link: four sentences, one field, and one button. */

import { InvalidLinkError } from "../crypto/invite.js";
import { CannotOpenError } from "../crypto/envelope.js";
import { fill, input, on, onSubmit, part, setVisible } from "../ui/dom.js";
import { whileReadOnly } from "../ui/form-state.js";
import { t, errorMessage } from "../ui/i18n.js";
import { acceptInvitation, openInvitation } from "./invitation.js";
import {
  clearPendingInvitation,
  readInvitationFragment,
  pendingInvitation,
} from "../session/pending-invitation.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "join",
  auth: "none",
  core: true,
  title: "title",
  async mount(root, app) {
    const closed = (/** @type {string} */ reason) => {
      fill(root, { "closed-why": reason });
      for (const name of ["open", "come-in"]) setVisible(root, name, false);
      setVisible(root, "closed", true);
    };
    const trouble = readInvitationFragment();
    if (trouble) {
      const cut = trouble instanceof InvalidLinkError && trouble.reason === "cut";
      return closed(t(cut ? "link-cut" : "link-wrong"));
    }
    const invite = pendingInvitation();
    if (!invite) {
      if (app.session.spaces.current)
        return void app.router.navigate("space/joining", { replace: true });
      return closed(t("link-wrong"));
    }
    const { session } = app;
    setVisible(root, "open", session.state === "out");
    setVisible(root, "locked", session.state === "locked");
    if (session.state !== "unlocked") return;

    let opened;
    try {
      opened = await openInvitation(session, app.api, invite);
    } catch (error) {
      const code = error instanceof Error && "error" in error ? error.error : "";
      const gone = code === "not_found" || error instanceof CannotOpenError;
      if (gone) clearPendingInvitation();
      return closed(gone ? t("invitation-closed") : errorMessage(error));
    }
    const found = opened;
    fill(root, { inviter: t("invited-by", { name: found.name }) });
    setVisible(root, "come-in", true);
    input(root, "name").value = session.account.login;
    on(root, "not-now", "click", () => void app.router.navigate("space/candle"));
    onSubmit(root, "form", async () => {
      try {
        const name = input(root, "name").value.trim() || session.account.login;
        await whileReadOnly(root, () => acceptInvitation(session, app.api, found, name));
        clearPendingInvitation();
        await app.router.navigate("space/joining", { replace: true });
      } catch (error) {
        part(root, "trouble").textContent = errorMessage(error);
        setVisible(root, "trouble", true);
      }
    });
  },
};
