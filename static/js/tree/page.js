/** The tree: to look at, to read a leaf by touching it, to hang one. */

import { clock } from "../clock.js";
import { b64, randomBytes } from "../crypto/bytes.js";
import { namedId } from "../crypto/named.js";
import { partnerName } from "../linking/partner.js";
import { sayOf } from "../naming/sentences.js";
import { EVENTS } from "../net/events.js";
import { showClosed } from "../safety/open-only-me.js";
import { AnswerDraft, keepsDraft, takeSent } from "../talk/answer-draft.js";
import { fill, on, onSubmit, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say, sayError } from "../ui/sentences.js";
import { TreePicture } from "./draw.js";
import { LeafCard, leafLine } from "./leaf.js";
import { seasonOf } from "./season.js";
import { Tree } from "./tree.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "tree",
  needs: "member",
  title: "title",
  tab: "keepsakes",
  async show(root, app, [view = ""]) {
    const { journals, live, router } = app;
    const shared = view ? null : journals.shared;
    const journal = shared ?? journals.individual;
    showViews(root, app, shared !== null);
    if (!shared && journals.onlyMe.closed) return waitForTheCode(root, app);
    const svg = /** @type {SVGSVGElement} */ (root.querySelector("svg.tree"));
    svg.classList.toggle("mine", !shared);
    const picture = new TreePicture(svg);
    const words = /** @type {HTMLTextAreaElement} */ (part(root, "words"));
    /** @type {Tree | null} */
    let tree = null;
    let open = "";
    let next = b64(randomBytes(16)); // the leaf that is being written: sent twice it is still one

    const draw = () => {
      const seed = tree?.seed ?? null;
      show(root, "bare", seed === null);
      show(root, "standing", seed !== null);
      if (!tree || !seed) return;
      const { about, leaves, trouble } = tree;
      const season = seasonOf(clock.date, about.where);
      picture.plant(seed, season);
      picture.hang(leaves);
      const planted = sayOf("tree-for", about.whom);
      const green = about.where === "green";
      fill(root, {
        planted,
        season: green ? "" : say(`tree-${season.name}`),
        trouble: trouble && say(`trouble-${trouble}`),
      });
      show(root, "trouble", trouble !== "");
      const sentences = [say(green ? "tree-green" : `tree-in-${season.name}`), `${planted}.`];
      svg.setAttribute(
        "aria-label",
        [...sentences, ...(leaves.length ? [say("tree-with-leaves")] : [])].join(" "),
      );
      show(root, "one-by-one", leaves.length > 0);
      part(root, "list").replaceChildren(
        ...leaves.map((leaf) => leafLine(app, leaf, () => read(leaf.id))),
      );
      if (open) read(leaves.some(({ id }) => id === open) ? open : "");
    };

    /** @param {string} id "" folds what was open */
    const read = (id) => {
      open = id;
      picture.choose(id);
      const place = part(root, "leaf");
      const leaves = tree?.leaves ?? [];
      const at = leaves.findIndex((leaf) => leaf.id === id);
      const leaf = leaves[at];
      if (place.dataset.leaf === id && leaf) return;
      place.dataset.leaf = id;
      if (!leaf || !tree) return place.replaceChildren();
      const card = new LeafCard(app, tree, leaf, {
        next: () => read(leaves[(at + 1) % leaves.length]?.id ?? ""),
        close: () => read(""),
        changed: draw,
      });
      place.replaceChildren(card.root);
      place.scrollIntoView({ block: "nearest" });
    };

    const write = (/** @type {boolean} */ writing) => {
      show(root, "form", writing);
      show(root, "acts", !writing);
      if (writing) read("");
      part(root, writing ? "words" : "hang").focus({ preventScroll: writing });
      if (writing) part(root, "form").scrollIntoView({ block: "center" });
    };
    fill(root, {
      about: say(
        shared ? "tree-about-two" : journals.shared ? "tree-about-mine" : "tree-about-one",
      ),
      reads: shared ? say("read-by-both", { name: partnerName(app) }) : say("read-by-me-alone"),
    });
    const id = await namedId(
      journals.individual.names,
      app.session.id,
      `leaf/${shared ? "ours" : "mine"}`,
    );
    const draft = new AnswerDraft(journals, b64(id), shared !== null);
    await keepsDraft(words, draft);
    svg.addEventListener("click", (event) => read(picture.under(event)));
    on(root, "hang", "click", () => write(true));
    on(root, "not-now", "click", () => write(false));
    onSubmit(root, "form", async () => {
      show(root, "form-trouble", false);
      const sent = words.value;
      const text = sent.trim();
      if (!text || !tree) return words.focus();
      try {
        await tree.hang(text, next);
        next = b64(randomBytes(16));
        const more = await takeSent(words, draft, sent);
        draw();
        if (!more) write(false);
        notice(say("leaf-hung"));
      } catch (error) {
        fill(root, { "form-trouble": sayError(error) });
        show(root, "form-trouble", true);
      }
    });

    const load = async () => {
      if (tree) await tree.load();
      else tree = await Tree.of(journal);
      draw();
    };
    const ask = () => void load().catch(() => {});
    const stop = live.listen(EVENTS.journalChanged, ask);
    live.addEventListener("ask", ask);
    const again = () => void router.show();
    journals.onlyMe.addEventListener("changed", again);
    await load().catch((error) => notice(sayError(error)));
    if (words.value && !part(root, "standing").hidden) write(true);
    return () => {
      stop();
      live.removeEventListener("ask", ask);
      journals.onlyMe.removeEventListener("changed", again);
    };
  },
};

/**
 * Whose tree is looked at, and the addresses that belong to it.
 * @param {HTMLElement} root
 * @param {import("../app.js").App} app
 * @param {boolean} ours
 */
function showViews(root, { journals }, ours) {
  show(root, "views", journals.shared !== null);
  part(root, ours ? "view-ours" : "view-mine").setAttribute("aria-current", "page");
  if (ours || !journals.shared) return;
  for (const name of ["to-plant", "to-change"]) {
    const link = /** @type {HTMLAnchorElement} */ (part(root, name));
    link.href = `${link.href}/mine`;
  }
}

/** @param {HTMLElement} root @param {import("../app.js").App} app */
function waitForTheCode(root, { journals, router }) {
  const again = () => void router.show();
  showClosed(part(root, "only-me"), journals.onlyMe);
  journals.onlyMe.addEventListener("changed", again);
  return () => journals.onlyMe.removeEventListener("changed", again);
}
