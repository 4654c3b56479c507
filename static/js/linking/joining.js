/** Both at the door: the name, four words, and one tap by who invited. */

import { wordList } from "../accounts/words.js";
import { fill, on, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say, sayError } from "../ui/sentences.js";
import { atTheDoor, confirmJoining } from "./invitation.js";
import { BESIDE } from "./invite.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "joining",
  needs: "member",
  title: "title",
  tab: "settings",
  async show(root, app) {
    const { session, api } = app;
    const before = session.spaces.current?.state;
    /** Who is seen at the door, once it is sure. @type {import("./invitation.js").Door | null} */
    let door = null;
    const draw = async () => {
      const now = session.spaces.current;
      if (session.spaces.active)
        return void app.router.goFrom(root, "space/candle", { replace: true });
      if (!now) {
        if (before === "joining" && !session.spaces.unsure) notice(say("taken-back"));
        return void app.router.goFrom(root, "space/settings", { replace: true });
      }
      let found;
      try {
        found = await atTheDoor(session);
      } catch {
        door = null;
        fill(root, { "door-says": say("not-the-one") });
        show(root, "words-box", false);
        show(root, "yes", false);
        show(root, "decide", session.known.space?.inviter === session.known.id); // to say no
        return;
      }
      const { name, indexes, language, inviting } = found;
      const list = await wordList(language);
      const beside = inviting && sessionStorage.getItem(BESIDE) === session.known.space?.invitation;
      fill(root, {
        "door-says": say(inviting ? "at-the-door" : "waiting-for", { name }),
        "safety-words": indexes.map((index) => list[index]).join(" · "),
        yes: say(beside ? "yes-beside" : "yes-same"),
      });
      show(root, "words-box", !beside);
      show(root, "decide", inviting);
      show(root, "withdraw", !inviting);
      show(root, "yes", true);
      door = found; // what stands on the screen, and nothing that came since
    };
    on(root, "yes", "click", () => {
      if (door) confirmJoining(session, api, door).then(draw, (error) => notice(sayError(error)));
    });
    on(root, "no", "click", async () => {
      const id = session.known.space?.invitation;
      if (id) await api.delete("/invitations", { id }).catch((error) => notice(sayError(error)));
      await session.refresh();
      await app.router.goFrom(root, "space/settings", { replace: true });
    });
    on(root, "withdraw", "click", async () => {
      await api.delete("/space").catch((error) => notice(sayError(error)));
      await session.refresh();
      await app.router.goFrom(root, "space/settings", { replace: true });
    });
    const redraw = () => void draw();
    session.addEventListener("me", redraw);
    const stop = app.live.listen("ask", () => void session.refresh().catch(() => {}));
    await draw();
    return () => {
      session.removeEventListener("me", redraw);
      stop();
    };
  },
};
