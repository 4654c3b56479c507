/** The search screen: text first, and filters on request. No query leaves the page. */

import { EntryCard } from "../entries/entry-card.js";
import { feelings, feelingWord } from "../content/feelings.js";
import { partnerName } from "../entries/partner-name.js";
import { mountPinPrompt } from "../ui/pin-prompt.js";
import { fill, input, on, onSubmit, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";
import { selectOption, monthOptions, setOptions } from "./select-options.js";
import { ResultCard, typeName } from "./result-card.js";
import { EMPTY_QUERY } from "./search-index.js";
import { onAbort } from "../ui/lifetime.js";

const PAGE = 20; // results that are shown at a time
const SOON_MS = 500; // the list is updated twice a second while pages are loading
const WRITTEN = ["note", "letter"];

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "finding",
  auth: "member",
  title: "title",
  tab: "journal",
  async mount(root, app, _params, signal) {
    const { search, journals, pinLock } = app;
    /** @type {Map<string, EntryCard | ResultCard>} */
    const cards = new Map();
    let size = PAGE;
    let drawing = 0;

    const render = () => {
      drawing = 0;
      const { query } = search;
      const sources = search.sources;
      updateFilterOptions(root, app, sources);
      const found = search.results(sources);
      const shown = found.slice(0, size);
      const list = part(root, "list");
      const now = new Map();
      shown.forEach((source, at) => {
        const key = `${source.entry.id}/${source.id}`;
        const card = cards.get(key) ?? cardOf(app, source, signal);
        if (card instanceof EntryCard) card.update(source.entry);
        else card.update(source);
        now.set(key, card);
        if (list.children[at] !== card.root)
          list.insertBefore(card.root, list.children[at] ?? null);
      });
      for (const [key, card] of cards) if (!now.has(key)) card.close();
      cards.clear();
      for (const [key, card] of now) cards.set(key, card);
      const asked = Object.values(query).some((value) => value.trim());
      const alone =
        query.feeling && Object.values({ ...query, feeling: "" }).every((value) => !value.trim());
      fill(root, {
        about: alone ? t("find-feeling", { feeling: feelingWord(query.feeling) }) : "",
        state: !search.complete
          ? t("find-coming")
          : asked && !found.length
            ? t("find-nothing")
            : "",
      });
      setVisible(root, "more", found.length > shown.length);
      setVisible(root, "again", asked);
    };
    // once, however many pages arrive
    const soon = () => {
      if (!signal.aborted) drawing ||= window.setTimeout(render, SOON_MS);
    };
    const changeQuery = (/** @type {Partial<import("./search-index.js").Query>} */ change) => {
      Object.assign(search.query, change);
      size = PAGE;
      render();
    };

    input(root, "words").value = search.query.words;
    on(root, "words", "input", () => changeQuery({ words: input(root, "words").value }));
    // closes the keyboard, and keeps the list
    onSubmit(root, "form", async () => input(root, "words").blur());
    for (const name of /** @type {const} */ (["feeling", "type", "by", "year", "month"])) {
      on(root, name, "change", () => changeQuery({ [name]: input(root, name).value }));
    }
    on(root, "more", "click", () => {
      size += PAGE;
      render();
    });
    on(root, "again", "click", () => {
      input(root, "words").value = "";
      changeQuery(EMPTY_QUERY);
      input(root, "words").focus();
    });
    const { words: _, feeling: __, ...narrower } = search.query;
    /** @type {HTMLDetailsElement} */ (part(root, "ways")).open =
      Object.values(narrower).some(Boolean);

    if (pinLock.isLocked) mountPinPrompt(part(root, "only-me"), pinLock);
    const anew = () => void app.router.render();
    pinLock.addEventListener("changed", anew, { signal });
    onAbort(signal, journals.onChange(soon));
    onAbort(signal, () => clearTimeout(drawing));
    render();
    if (!search.query.feeling) input(root, "words").focus({ preventScroll: true });
    void search.loadAll().then(soon, (error) => showToast(errorMessage(error)));
  },
};

/**
 * @param {import("../services.js").Services} app
 * @param {import("./search.js").Source} source
 * @param {AbortSignal} signal
 */
function cardOf(app, source, signal) {
  return WRITTEN.includes(source.doc.type)
    ? new EntryCard(app, source.entry, signal)
    : new ResultCard(app, source);
}

/**
 * Offer only choices that occur in the entries.
 * @param {HTMLElement} root
 * @param {import("../services.js").Services} app
 * @param {import("./search.js").Source[]} sources
 */
function updateFilterOptions(root, app, sources) {
  const { search, journals } = app;
  const { query } = search;
  const felt = sources.flatMap(({ mine, doc }) =>
    mine && Array.isArray(doc.feelings) ? doc.feelings : [],
  );
  const known = feelings().map(({ id, word }) => ({ value: id, text: word }));
  const others = [...new Set([...felt, query.feeling])].filter(
    (one) => one && !known.some(({ value }) => value === one),
  );
  const types = [...new Set(sources.map(({ doc }) => doc.type))].filter(typeName);
  const years = [...new Set(sources.map((source) => search.index.foldedDocument(source).year))]
    .sort()
    .reverse();
  setOptions(root, "feeling", [...known, ...others.map((value) => ({ value, text: value }))]);
  setOptions(
    root,
    "type",
    types.map((type) => ({ value: type, text: typeName(type) })),
  );
  setOptions(
    root,
    "year",
    years.map((year) => ({ value: year, text: year })),
  );
  setOptions(root, "month", monthOptions());
  const linked = journals.shared !== null;
  setVisible(root, "by-box", linked);
  if (linked)
    setOptions(root, "by", [
      { value: "me", text: t("find-me") },
      { value: "other", text: partnerName(app) },
    ]);
  for (const name of /** @type {const} */ (["feeling", "type", "by", "year", "month"])) {
    selectOption(root, name, query[name]);
  }
}
