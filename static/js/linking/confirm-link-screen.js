/** Both members compare four words; the inviter confirms the link with one tap. */

import { wordList } from "../content/wordlist.js";
import { fill, on, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";
import { pendingLink, confirmLink } from "./invitation.js";
import { IN_PERSON_KEY } from "./invite-screen.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "joining",
  auth: "member",
  title: "title",
  tab: "settings",
  async mount(root, app, _, signal) {
    const { session, api } = app;
    const before = session.spaces.current?.state;
    /**
     * The pending link that is shown, once its proof has been verified.
     * @type {import("./invitation.js").PendingLink | null}
     */
    let door = null;
    const render = async () => {
      const now = session.spaces.current;
      if (session.spaces.active)
        return void app.router.navigateIfCurrent(root, "space/candle", { replace: true });
      if (!now) {
        if (before === "joining" && !session.spaces.isUncertain) showToast(t("taken-back"));
        return void app.router.navigateIfCurrent(root, "space/settings", { replace: true });
      }
      let found;
      try {
        found = await pendingLink(session);
      } catch {
        door = null;
        fill(root, { "door-says": t("not-the-one") });
        setVisible(root, "words-box", false);
        setVisible(root, "yes", false);
        // The inviter can still decline.
        setVisible(root, "decide", session.account.space?.inviter === session.account.id);
        return;
      }
      const { name, indexes, language, inviting } = found;
      const list = await wordList(language);
      const beside =
        inviting && sessionStorage.getItem(IN_PERSON_KEY) === session.account.space?.invitation;
      fill(root, {
        "door-says": t(inviting ? "at-the-door" : "waiting-for", { name }),
        "safety-words": indexes.map((index) => list[index]).join(" · "),
        yes: t(beside ? "yes-beside" : "yes-same"),
      });
      setVisible(root, "words-box", !beside);
      setVisible(root, "decide", inviting);
      setVisible(root, "withdraw", !inviting);
      setVisible(root, "yes", true);
      door = found; // exactly what is shown on the screen, and nothing newer
    };
    on(root, "yes", "click", () => {
      if (door)
        confirmLink(session, api, door).then(render, (error) => showToast(errorMessage(error)));
    });
    on(root, "no", "click", async () => {
      const id = session.account.space?.invitation;
      if (id)
        await api.delete("/invitations", { id }).catch((error) => showToast(errorMessage(error)));
      await session.refresh();
      await app.router.navigateIfCurrent(root, "space/settings", { replace: true });
    });
    on(root, "withdraw", "click", async () => {
      await api.delete("/space").catch((error) => showToast(errorMessage(error)));
      await session.refresh();
      await app.router.navigateIfCurrent(root, "space/settings", { replace: true });
    });
    const rerender = () => void render();
    session.addEventListener("me", rerender, { signal });
    await render();
  },
};
