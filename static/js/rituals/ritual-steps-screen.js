/** The steps of a ritual. At its end, or on stopping earlier, a text can be saved. */

import { toBase64Url } from "../crypto/bytes.js";
import { namedId } from "../crypto/named.js";
import { outboxMessage } from "../entries/outbox-message.js";
import { partnerName } from "../entries/partner-name.js";
import { TextDraft, bindDraft, clearSent } from "../entries/text-draft.js";
import { fill, input, on, onSubmit, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { locale, t, errorMessage } from "../ui/i18n.js";
import { ritualById } from "../content/rituals.js";
import { timestamp } from "../clock.js";
import { onAbort } from "../ui/lifetime.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "ritual-steps",
  auth: "member",
  title: "title",
  tab: "keepsakes",
  survivesSpaceEnd: true,
  async mount(root, app, [id = "", mode = ""], signal) {
    const { journals, rituals, router, session } = app;
    const found = ritualById(id);
    if (!found) return void router.navigate("space/rituals", { replace: true });
    const together = mode === "together" && journals.shared !== null;
    const walk = rituals.runOf(found, together);
    const words = /** @type {HTMLTextAreaElement} */ (part(root, "words"));
    let stopped = false;

    const render = () => {
      const step = found.steps[walk.step];
      const end = stopped || walk.ended;
      const name = partnerName(app);
      const beside = rituals.partnerRitual === id ? "ritual-both" : "ritual-waits";
      fill(root, {
        title: found.title,
        step: step?.text ?? "",
        to: step?.to ? t(`ritual-to-${step.to}`) : "",
        "end-says": end ? t(walk.ended ? "ritual-end" : "ritual-stopped") : "",
        beside: together && !end ? t(beside, { name }) : "",
      });
      const link = /** @type {HTMLAnchorElement} */ (part(root, "to"));
      if (step?.to) link.href = `/${locale()}/space/${step.to}`;
      setVisible(root, "to-box", Boolean(step?.to));
      setVisible(root, "walking", !end);
      setVisible(root, "end", end);
      setVisible(root, "own-box", end || step?.own === true || words.value !== "");
      setVisible(root, "readers", end && journals.shared !== null);
      for (const name of ["saving", "again-box"]) setVisible(root, name, end);
      for (const name of ["moving", "stopping"]) setVisible(root, name, !end);
      setVisible(root, "back", walk.step > 0);
    };
    const turn = (/** @type {() => void} */ move) => {
      move();
      if (together && !stopped) void rituals.sendState();
      render();
    };

    on(root, "next", "click", () => turn(() => walk.next()));
    on(root, "back", "click", () => turn(() => walk.back()));
    on(root, "stop", "click", () => {
      stopped = true;
      rituals.unshare();
      render();
    });
    on(root, "again", "click", () => {
      if (stopped) stopped = false;
      else walk.back();
      if (together) rituals.share(walk);
      render();
    });
    onSubmit(root, "form", async () => {
      const sent = words.value;
      const text = sent.trim();
      if (!text) return words.focus();
      setVisible(root, "trouble", false);
      const journal = (input(root, "ours").checked && journals.shared) || journals.individual;
      try {
        const doc = {
          type: "note",
          at: timestamp(),
          text,
          to: "",
          feelings: [],
          files: [],
          ritual: id,
        };
        const sealed = await journal.seal(doc);
        const waits = await journals.outbox.sendNow(sealed);
        const more = await clearSent(words, draft, sent);
        if (more) return showToast(t("saved-more"));
        rituals.finish(walk);
        showToast(outboxMessage(journals.outbox, sealed.id, waits));
        await router.navigateIfCurrent(root, "space/journal");
      } catch (error) {
        fill(root, { trouble: errorMessage(error) });
        setVisible(root, "trouble", true);
      }
    });

    const changed = () => {
      if (!stopped) render();
    };
    rituals.addEventListener("changed", changed, { signal });
    render();
    if (together) rituals.share(walk);
    onAbort(signal, () => {
      if (rituals.sharedRun === walk) rituals.unshare();
      if (walk.ended || stopped) rituals.finish(walk);
    });
    const draft = new TextDraft(
      journals,
      toBase64Url(await namedId(journals.individual.names, session.id, `ritual/${id}`)),
      false,
    );
    await bindDraft(words, draft, signal);
    render();
  },
};
