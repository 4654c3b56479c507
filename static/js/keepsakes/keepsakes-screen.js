/** The keepsakes: browsing, adding, uploads in progress, and links to the rest. */

import { mountPinPrompt } from "../ui/pin-prompt.js";
import { on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { errorMessage } from "../ui/i18n.js";
import { Keepsakes } from "./keepsakes.js";
import { UploadList } from "./upload-list.js";
import { trashRows } from "../entries/trash-rows.js";
import { onAbort } from "../ui/lifetime.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "keepsakes",
  auth: "member",
  title: "title",
  tab: "keepsakes",
  async mount(root, app, _, signal) {
    const { journals } = app;
    const keepsakes = new Keepsakes(journals);
    const sending = new UploadList(part(root, "sending"), keepsakes);
    let turn = 0;
    const draw = async () => {
      const mine = ++turn;
      setVisible(root, "look", keepsakes.list.length > 0);
      const gone = await trashRows(app, ({ doc }) => keepsakes.types.includes(doc.type));
      if (mine === turn) part(root, "removed").replaceChildren(...gone);
    };
    if (journals.pinLock.isLocked) mountPinPrompt(part(root, "only-me"), journals.pinLock);
    on(root, "look", "click", () => void app.router.navigate("space/keepsakes/look"));
    onAbort(
      signal,
      keepsakes.onChange(() => void draw()),
    );
    sending.watch(signal);
    await Promise.all([draw(), sending.render()]);
    keepsakes.loadAll().then(draw, (error) => showToast(errorMessage(error)));
  },
};
