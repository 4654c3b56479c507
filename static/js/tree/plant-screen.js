/** Planting the tree, once: for whom, and where it stands. Later the same screen changes either. */

import { partnerName } from "../entries/partner-name.js";
import { mountRecipientPicker } from "../naming/recipient-picker.js";
import { fill, onSubmit, part, setVisible } from "../ui/dom.js";
import { t, errorMessage } from "../ui/i18n.js";
import { hemisphereOf } from "./season.js";
import { Tree } from "./tree.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "tree-plant",
  auth: "member",
  title: "title",
  tab: "keepsakes",
  async mount(root, app, [view = ""]) {
    const { journals, router } = app;
    const shared = view ? null : journals.shared;
    const back = view ? "space/tree/mine" : "space/tree";
    if (!shared && journals.pinLock.isLocked) return void router.navigate(back, { replace: true });
    /** @type {import("./tree.js").About} */
    const about = {
      whom: [],
      where: hemisphereOf(Intl.DateTimeFormat().resolvedOptions().timeZone),
    };
    const wheres = /** @type {HTMLInputElement[]} */ ([
      ...part(root, "wheres").querySelectorAll("input"),
    ]);
    /** @type {Tree | null} */
    let tree = null;

    const render = () => {
      const stands = Boolean(tree?.seed);
      if (tree && stands) Object.assign(about, tree.about);
      fill(root, {
        head: t(stands ? "tree-change" : "tree-plant"),
        save: t(stands ? "tree-save" : "tree-plant-it"),
      });
      for (const radio of wheres) radio.checked = radio.value === about.where;
      mountRecipientPicker(
        part(root, "whom-place"),
        app,
        about.whom,
        (chosen) => (about.whom = chosen),
      );
    };
    for (const radio of wheres) {
      radio.addEventListener(
        "change",
        () => (about.where = /** @type {import("./season.js").Where} */ (radio.value)),
      );
    }
    setVisible(root, "reader-both", shared !== null);
    setVisible(root, "reader-me", shared === null);
    fill(root, { reader: t("read-by-both", { name: partnerName(app) }) });
    if (view) /** @type {HTMLAnchorElement} */ (part(root, "back")).href += "/mine";

    const trouble = (/** @type {unknown} */ error) => {
      fill(root, { trouble: errorMessage(error) });
      setVisible(root, "trouble", true);
    };
    onSubmit(root, "form", async () => {
      setVisible(root, "trouble", false);
      try {
        tree ??= await Tree.open(shared ?? journals.individual);
        await tree.load(); // the partner may have planted it meanwhile
        await tree.plant(about);
        await router.navigateIfCurrent(root, back, { replace: true });
      } catch (error) {
        trouble(error);
      }
    });
    render();
    try {
      tree = await Tree.open(shared ?? journals.individual);
      render();
    } catch (error) {
      trouble(error);
    }
  },
};
