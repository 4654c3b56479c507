/** One's passkeys: which there are, making one, removing one. */

import { clone, fill, input, on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { language, say, sayError } from "../ui/sentences.js";
import { making } from "../accounts/making.js";
import { offered } from "./ceremony.js";
import { here } from "./here.js";
import { offer } from "./offer.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "passkeys",
  needs: "member",
  title: "title",
  tab: "settings",
  async show(root, app) {
    const { session } = app;
    input(root, "login").value = session.known.login;
    let left = () => {};
    making(root, async (progress) => {
      await session.refresh();
      const proven = await session.prove(input(root, "password").value, progress);
      show(root, "closed", false);
      left = offer(part(root, "offer"), app, proven, () => app.router.show());
    });
    const list = async () => {
      const passkeys = await app.passkeys.list();
      const lines = passkeys.map((one) => line(app, one, list));
      part(root, "list").replaceChildren(...lines);
      show(root, "none", lines.length === 0);
    };
    const able = await offered();
    show(root, "cannot", !able);
    show(root, "form", able);
    await list().catch((error) => notice(sayError(error)));
    return () => left();
  },
};

/**
 * @param {import("../app.js").App} app
 * @param {import("./passkeys.js").Passkey} passkey
 * @param {() => Promise<void>} again
 */
function line(app, passkey, again) {
  const item = clone("passkey-line");
  const device = say(`device-${passkey.device}`);
  const day = new Intl.DateTimeFormat(language(), { dateStyle: "long" });
  const isHere = here(app.session.known.id).ids.includes(passkey.id);
  fill(item, {
    what: isHere ? say("device-here", { device }) : device,
    since: say("passkey-since", { date: day.format(new Date(passkey.since)) }),
  });
  on(item, "remove", "click", () => {
    app.passkeys
      .remove(passkey)
      .then(again)
      .catch((error) => notice(sayError(error)));
  });
  return item;
}
