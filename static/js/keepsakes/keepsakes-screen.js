/**
 * The keepsakes: the things themselves on a shelf, or drawings of what could be there; uploads in
 * progress; and a second shelf that leads to letters, days, lists, the tree and rituals.
 */

import { mountPinPrompt } from "../ui/pin-prompt.js";
import { on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { errorMessage } from "../ui/i18n.js";
import { EntriesByType } from "../replica/entries-by-type.js";
import { Keepsakes } from "./keepsakes.js";
import { nextDay, shelfThings } from "./shelf.js";
import { ShelfView, drawNextDay } from "./shelf-view.js";
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
    const { days, journals, naming, rest } = app;
    const keepsakes = new Keepsakes(journals);
    const letters = new EntriesByType(journals, ["letter"]);
    const shelf = new ShelfView(part(root, "things"), app, signal);
    const sending = new UploadList(part(root, "sending"), keepsakes);
    let turn = 0;
    let complete = false;
    const render = async () => {
      const mine = ++turn;
      const things = shelfThings(keepsakes.list, letters.list);
      shelf.render(things);
      setVisible(root, "things", things.length > 0);
      setVisible(root, "could", complete && !things.length && !journals.pinLock.isLocked);
      setVisible(root, "look", keepsakes.list.length > 0);
      const gone = await trashRows(app, ({ doc }) => keepsakes.types.includes(doc.type));
      if (mine === turn) part(root, "removed").replaceChildren(...gone);
    };
    const drawDay = () => drawNextDay(root, nextDay(days.upcoming(), rest.resting), app);
    if (journals.pinLock.isLocked) mountPinPrompt(part(root, "only-me"), journals.pinLock);
    on(root, "look", "click", () => void app.router.navigate("space/keepsakes/look"));
    onAbort(
      signal,
      keepsakes.onChange(() => void render()),
    );
    for (const source of [days, naming, rest]) {
      source.addEventListener("changed", drawDay, { signal });
    }
    drawDay();
    sending.watch(signal);
    await Promise.all([render(), sending.render()]);
    const all = Promise.all([keepsakes.loadAll(), days.load()]).then(() => {
      complete = true;
      drawDay();
      return render();
    });
    all.catch((error) => showToast(errorMessage(error)));
  },
};
