/** Planting, once: for whom, and where it stands. Later the same page changes either. */

import { partnerName } from "../linking/partner.js";
import { askWhom } from "../naming/whom.js";
import { fill, onSubmit, part, show } from "../ui/dom.js";
import { say, sayError } from "../ui/sentences.js";
import { whereIs } from "./season.js";
import { Tree } from "./tree.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "tree-plant",
  needs: "member",
  title: "title",
  tab: "keepsakes",
  async show(root, app, [view = ""]) {
    const { journals, router } = app;
    const shared = view ? null : journals.shared;
    const back = view ? "space/tree/mine" : "space/tree";
    if (!shared && journals.onlyMe.closed) return void router.go(back, { replace: true });
    /** @type {import("./tree.js").About} */
    const about = { whom: [], where: whereIs(Intl.DateTimeFormat().resolvedOptions().timeZone) };
    const wheres = /** @type {HTMLInputElement[]} */ ([
      ...part(root, "wheres").querySelectorAll("input"),
    ]);
    /** @type {Tree | null} */
    let tree = null;

    const draw = () => {
      const stands = Boolean(tree?.seed);
      if (tree && stands) Object.assign(about, tree.about);
      fill(root, {
        head: say(stands ? "tree-change" : "tree-plant"),
        save: say(stands ? "tree-save" : "tree-plant-it"),
      });
      for (const one of wheres) one.checked = one.value === about.where;
      askWhom(part(root, "whom-place"), app, about.whom, (chosen) => (about.whom = chosen));
    };
    for (const one of wheres) {
      one.addEventListener(
        "change",
        () => (about.where = /** @type {import("./season.js").Where} */ (one.value)),
      );
    }
    show(root, "reader-both", shared !== null);
    show(root, "reader-me", shared === null);
    fill(root, { reader: say("read-by-both", { name: partnerName(app) }) });
    if (view) /** @type {HTMLAnchorElement} */ (part(root, "back")).href += "/mine";

    const trouble = (/** @type {unknown} */ error) => {
      fill(root, { trouble: sayError(error) });
      show(root, "trouble", true);
    };
    onSubmit(root, "form", async () => {
      show(root, "trouble", false);
      try {
        tree ??= await Tree.of(shared ?? journals.individual);
        await tree.load(); // the other may have planted it meanwhile
        await tree.plant(about);
        await router.goFrom(root, back, { replace: true });
      } catch (error) {
        trouble(error);
      }
    });
    draw();
    try {
      tree = await Tree.of(shared ?? journals.individual);
      draw();
    } catch (error) {
      trouble(error);
    }
  },
};
