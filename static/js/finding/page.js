/**
 * Finding: words first, and more ways to look for who wants them. Nothing of it leaves the page.
 */

import { EntryCard } from "../journals/card.js";
import { feelings, feelingWord } from "../journals/feelings.js";
import { partnerName } from "../linking/partner.js";
import { showClosed } from "../safety/open-only-me.js";
import { fill, input, on, onSubmit, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say, sayError } from "../ui/sentences.js";
import { choose, months, options } from "./choices.js";
import { FoundCard, typeName } from "./found-card.js";
import { ANYTHING } from "./index.js";

const PAGE = 20; // what is found is shown so many at a time
const SOON_MS = 500; // while pages come, the list follows twice a second
const WRITTEN = ["note", "letter"];

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "finding",
  needs: "member",
  title: "title",
  tab: "journal",
  async show(root, app) {
    const { finding, journals, onlyMe } = app;
    /** @type {Map<string, EntryCard | FoundCard>} */
    const cards = new Map();
    let size = PAGE;
    let drawing = 0;

    const draw = () => {
      drawing = 0;
      const { query } = finding;
      const sources = finding.sources;
      offer(root, app, sources);
      const found = finding.found(sources);
      const shown = found.slice(0, size);
      const list = part(root, "list");
      const now = new Map();
      shown.forEach((source, at) => {
        const key = `${source.entry.id}/${source.id}`;
        const card = cards.get(key) ?? cardOf(app, source);
        if (card instanceof EntryCard) card.update(source.entry);
        else card.update(source);
        now.set(key, card);
        if (list.children[at] !== card.root)
          list.insertBefore(card.root, list.children[at] ?? null);
      });
      for (const [key, card] of cards) if (!now.has(key)) card.root.remove();
      cards.clear();
      for (const [key, card] of now) cards.set(key, card);
      const asked = Object.values(query).some((one) => one.trim());
      const alone =
        query.feeling && Object.values({ ...query, feeling: "" }).every((one) => !one.trim());
      fill(root, {
        about: alone ? say("find-feeling", { feeling: feelingWord(query.feeling) }) : "",
        state: !finding.complete
          ? say("find-coming")
          : asked && !found.length
            ? say("find-nothing")
            : "",
      });
      show(root, "more", found.length > shown.length);
      show(root, "again", asked);
    };
    // once, however many pages come
    const soon = () => (drawing ||= window.setTimeout(draw, SOON_MS));
    const look = (/** @type {Partial<import("./index.js").Query>} */ change) => {
      Object.assign(finding.query, change);
      size = PAGE;
      draw();
    };

    input(root, "words").value = finding.query.words;
    on(root, "words", "input", () => look({ words: input(root, "words").value }));
    // the keyboard goes, the list stays
    onSubmit(root, "form", async () => input(root, "words").blur());
    for (const name of /** @type {const} */ (["feeling", "type", "by", "year", "month"])) {
      on(root, name, "change", () => look({ [name]: input(root, name).value }));
    }
    on(root, "more", "click", () => {
      size += PAGE;
      draw();
    });
    on(root, "again", "click", () => {
      input(root, "words").value = "";
      look(ANYTHING);
      input(root, "words").focus();
    });
    const { words: _, feeling: __, ...narrower } = finding.query;
    /** @type {HTMLDetailsElement} */ (part(root, "ways")).open =
      Object.values(narrower).some(Boolean);

    if (onlyMe.closed) showClosed(part(root, "only-me"), onlyMe);
    const anew = () => void app.router.show();
    onlyMe.addEventListener("changed", anew);
    const stop = journals.watch(soon);
    draw();
    if (!finding.query.feeling) input(root, "words").focus({ preventScroll: true });
    void finding.load().then(soon, (error) => notice(sayError(error)));
    return () => {
      stop();
      onlyMe.removeEventListener("changed", anew);
      clearTimeout(drawing);
    };
  },
};

/** @param {import("../app.js").App} app @param {import("./finding.js").Source} source */
function cardOf(app, source) {
  return WRITTEN.includes(source.doc.type)
    ? new EntryCard(app, source.entry)
    : new FoundCard(app, source);
}

/**
 * What can be chosen: only what there is.
 * @param {HTMLElement} root
 * @param {import("../app.js").App} app
 * @param {import("./finding.js").Source[]} sources
 */
function offer(root, app, sources) {
  const { finding, journals } = app;
  const { query } = finding;
  const felt = sources.flatMap(({ mine, doc }) =>
    mine && Array.isArray(doc.feelings) ? doc.feelings : [],
  );
  const known = feelings().map(({ id, word }) => ({ value: id, text: word }));
  const others = [...new Set([...felt, query.feeling])].filter(
    (one) => one && !known.some(({ value }) => value === one),
  );
  const types = [...new Set(sources.map(({ doc }) => doc.type))].filter(typeName);
  const years = [...new Set(sources.map((source) => finding.index.folded(source).year))]
    .sort()
    .reverse();
  options(root, "feeling", [...known, ...others.map((one) => ({ value: one, text: one }))]);
  options(
    root,
    "type",
    types.map((one) => ({ value: one, text: typeName(one) })),
  );
  options(
    root,
    "year",
    years.map((one) => ({ value: one, text: one })),
  );
  options(root, "month", months());
  const two = journals.shared !== null;
  show(root, "by-box", two);
  if (two)
    options(root, "by", [
      { value: "me", text: say("find-me") },
      { value: "other", text: partnerName(app) },
    ]);
  for (const name of /** @type {const} */ (["feeling", "type", "by", "year", "month"])) {
    choose(root, name, query[name]);
  }
}
