/** The page an invitation's link opens: four sentences, one field, and in. */

import { NotALink } from "../crypto/invite.js";
import { CannotOpen } from "../crypto/envelope.js";
import { fill, input, on, onSubmit, part, show } from "../ui/dom.js";
import { heldStill } from "../ui/sent.js";
import { say, sayError } from "../ui/sentences.js";
import { acceptInvitation, openInvitation } from "./invitation.js";
import { dropInvitation, takeFragment, waitingInvitation } from "./waiting.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "join",
  needs: "anyone",
  early: true,
  title: "title",
  async show(root, app) {
    const closed = (/** @type {string} */ why) => {
      fill(root, { "closed-why": why });
      for (const name of ["open", "come-in"]) show(root, name, false);
      show(root, "closed", true);
    };
    const trouble = takeFragment();
    if (trouble) {
      const cut = trouble instanceof NotALink && trouble.reason === "cut";
      return closed(say(cut ? "link-cut" : "link-wrong"));
    }
    const invite = waitingInvitation();
    if (!invite) {
      if (app.session.spaces.current) return void app.router.go("space/joining", { replace: true });
      return closed(say("link-wrong"));
    }
    const { session } = app;
    show(root, "open", session.state === "out");
    show(root, "locked", session.state === "locked");
    if (session.state !== "open") return;

    let opened;
    try {
      opened = await openInvitation(session, app.api, invite);
    } catch (error) {
      const code = error instanceof Error && "error" in error ? error.error : "";
      const gone = code === "not_found" || error instanceof CannotOpen;
      if (gone) dropInvitation();
      return closed(gone ? say("invitation-closed") : sayError(error));
    }
    const found = opened;
    fill(root, { inviter: say("invited-by", { name: found.name }) });
    show(root, "come-in", true);
    input(root, "name").value = session.known.login;
    on(root, "not-now", "click", () => void app.router.go("space/candle"));
    onSubmit(root, "form", async () => {
      try {
        const name = input(root, "name").value.trim() || session.known.login;
        await heldStill(root, () => acceptInvitation(session, app.api, found, name));
        dropInvitation();
        await app.router.go("space/joining", { replace: true });
      } catch (error) {
        part(root, "trouble").textContent = sayError(error);
        show(root, "trouble", true);
      }
    });
  },
};
