/** The tree: viewing it, opening a leaf with a tap, hanging a new one. */

import { clock } from "../clock.js";
import { toBase64Url, randomBytes } from "../crypto/bytes.js";
import { namedId } from "../crypto/named.js";
import { partnerName } from "../entries/partner-name.js";
import { tNames } from "../naming/t-names.js";
import { EVENTS } from "../net/events.js";
import { mountPinPrompt } from "../ui/pin-prompt.js";
import { TextDraft, bindDraft, clearSent } from "../entries/text-draft.js";
import { fill, on, onSubmit, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";
import { TreePicture } from "./tree-picture.js";
import { LeafCard, leafLine } from "./leaf-card.js";
import { seasonOf } from "./season.js";
import { Tree } from "./tree.js";
import { onAbort } from "../ui/lifetime.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "tree",
  auth: "member",
  title: "title",
  tab: "keepsakes",
  async mount(root, app, [view = ""], signal) {
    const { journals, live, router } = app;
    const shared = view ? null : journals.shared;
    const journal = shared ?? journals.individual;
    showViews(root, app, shared !== null);
    if (!shared && journals.pinLock.isLocked) return waitForTheCode(root, app, signal);
    const svg = /** @type {SVGSVGElement} */ (root.querySelector("svg.tree"));
    svg.classList.toggle("mine", !shared);
    const picture = new TreePicture(svg);
    const words = /** @type {HTMLTextAreaElement} */ (part(root, "words"));
    /** @type {Tree | null} */
    let tree = null;
    let open = "";
    // The id of the leaf being written, so that sending it twice hangs one leaf.
    let next = toBase64Url(randomBytes(16));

    const render = () => {
      const seed = tree?.seed ?? null;
      setVisible(root, "bare", seed === null);
      setVisible(root, "standing", seed !== null);
      if (!tree || !seed) return;
      const { about, leaves, trouble } = tree;
      const season = seasonOf(clock.date, about.where);
      picture.drawTree(seed, season);
      picture.drawLeaves(leaves);
      const planted = tNames("tree-for", about.whom);
      const green = about.where === "green";
      fill(root, {
        planted,
        season: green ? "" : t(`tree-${season.name}`),
        trouble: trouble && t(`trouble-${trouble}`),
      });
      setVisible(root, "trouble", trouble !== "");
      const sentences = [t(green ? "tree-green" : `tree-in-${season.name}`), `${planted}.`];
      svg.setAttribute(
        "aria-label",
        [...sentences, ...(leaves.length ? [t("tree-with-leaves")] : [])].join(" "),
      );
      setVisible(root, "one-by-one", leaves.length > 0);
      part(root, "list").replaceChildren(
        ...leaves.map((leaf) => leafLine(app, leaf, () => read(leaf.id))),
      );
      if (open) read(leaves.some(({ id }) => id === open) ? open : "");
    };

    /** @param {string} id "" closes the open leaf */
    const read = (id) => {
      open = id;
      picture.choose(id);
      const leafBox = part(root, "leaf");
      const leaves = tree?.leaves ?? [];
      const at = leaves.findIndex((leaf) => leaf.id === id);
      const leaf = leaves[at];
      if (leafBox.dataset.leaf === id && leaf) return;
      leafBox.dataset.leaf = id;
      if (!leaf || !tree) return leafBox.replaceChildren();
      const card = new LeafCard(app, tree, leaf, {
        next: () => read(leaves[(at + 1) % leaves.length]?.id ?? ""),
        close: () => read(""),
        changed: render,
      });
      leafBox.replaceChildren(card.root);
      leafBox.scrollIntoView({ block: "nearest" });
    };

    const write = (/** @type {boolean} */ writing) => {
      setVisible(root, "form", writing);
      setVisible(root, "acts", !writing);
      if (writing) read("");
      part(root, writing ? "words" : "hang").focus({ preventScroll: writing });
      if (writing) part(root, "form").scrollIntoView({ block: "center" });
    };
    fill(root, {
      about: t(shared ? "tree-about-two" : journals.shared ? "tree-about-mine" : "tree-about-one"),
      reads: shared ? t("read-by-both", { name: partnerName(app) }) : t("read-by-me-alone"),
    });
    const id = await namedId(
      journals.individual.names,
      app.session.id,
      `leaf/${shared ? "ours" : "mine"}`,
    );
    const draft = new TextDraft(journals, toBase64Url(id), shared !== null);
    await bindDraft(words, draft, signal);
    svg.addEventListener("click", (event) => read(picture.leafAt(event)));
    on(root, "hang", "click", () => write(true));
    on(root, "not-now", "click", () => write(false));
    onSubmit(root, "form", async () => {
      setVisible(root, "form-trouble", false);
      const sent = words.value;
      const text = sent.trim();
      if (!text || !tree) return words.focus();
      try {
        await tree.hang(text, next);
        next = toBase64Url(randomBytes(16));
        const more = await clearSent(words, draft, sent);
        render();
        if (!more) write(false);
        showToast(t("leaf-hung"));
      } catch (error) {
        fill(root, { "form-trouble": errorMessage(error) });
        setVisible(root, "form-trouble", true);
      }
    });

    const load = async () => {
      if (tree) await tree.load();
      else tree = await Tree.open(journal);
      render();
    };
    const ask = () => void load().catch(() => {});
    onAbort(signal, live.listen(EVENTS.journalChanged, ask));
    live.addEventListener("resync", ask, { signal });
    const rerender = () => void router.render();
    journals.pinLock.addEventListener("changed", rerender, { signal });
    await load().catch((error) => showToast(errorMessage(error)));
    if (words.value && !part(root, "standing").hidden) write(true);
  },
};

/**
 * Show the switch between the two trees, and links to the screens of the current one.
 * @param {HTMLElement} root
 * @param {import("../services.js").Services} app
 * @param {boolean} ours
 */
function showViews(root, { journals }, ours) {
  setVisible(root, "views", journals.shared !== null);
  part(root, ours ? "view-ours" : "view-mine").setAttribute("aria-current", "page");
  if (ours || !journals.shared) return;
  for (const name of ["to-plant", "to-change"]) {
    const link = /** @type {HTMLAnchorElement} */ (part(root, name));
    link.href = `${link.href}/mine`;
  }
}

/**
 * @param {HTMLElement} root
 * @param {import("../services.js").Services} app
 * @param {AbortSignal} signal
 */
function waitForTheCode(root, { journals, router }, signal) {
  const rerender = () => void router.render();
  mountPinPrompt(part(root, "only-me"), journals.pinLock);
  journals.pinLock.addEventListener("changed", rerender, { signal });
}
