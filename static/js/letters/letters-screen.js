/** Letters: private ones are folded, and of time-locked ones only the day is shown. */

import { EntryList } from "../entries/entry-list.js";
import { EntriesByType } from "../replica/entries-by-type.js";
import { mountPinPrompt } from "../ui/pin-prompt.js";
import { part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { errorMessage } from "../ui/i18n.js";
import { onAbort } from "../ui/lifetime.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "letters",
  auth: "member",
  title: "title",
  tab: "keepsakes",
  async mount(root, app, _, signal) {
    const letters = new EntriesByType(app.journals, ["letter"]);
    const cards = new EntryList(app, part(root, "list"), signal);
    const { pinLock } = app.journals;
    if (pinLock.isLocked) mountPinPrompt(part(root, "only-me"), pinLock);
    let all = false;
    const render = () => {
      const { list } = letters;
      cards.render(list);
      setVisible(root, "nothing", all && list.length === 0 && !pinLock.isLocked);
    };
    onAbort(signal, letters.onChange(render));
    await letters.loadAll().catch((error) => showToast(errorMessage(error)));
    all = true;
    render();
  },
};
