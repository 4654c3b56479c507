/** A ritual, step by step; at its end, or where one stops, words may stay if one wants. */

import { b64 } from "../crypto/bytes.js";
import { namedId } from "../crypto/named.js";
import { now } from "../journals/journal.js";
import { sayPosted } from "../journals/posted.js";
import { partnerName } from "../linking/partner.js";
import { AnswerDraft, keepsDraft, takeSent } from "../talk/answer-draft.js";
import { fill, input, on, onSubmit, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { language, say, sayError } from "../ui/sentences.js";
import { ritual } from "./rituals-data.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "ritual-steps",
  needs: "member",
  title: "title",
  tab: "keepsakes",
  endures: true,
  async show(root, app, [id = "", how = ""]) {
    const { journals, rituals, router, session } = app;
    const found = ritual(id);
    if (!found) return void router.go("space/rituals", { replace: true });
    const together = how === "together" && journals.shared !== null;
    const walk = rituals.at(found, together);
    const words = /** @type {HTMLTextAreaElement} */ (part(root, "words"));
    let stopped = false;

    const draw = () => {
      const step = found.steps[walk.step];
      const end = stopped || walk.ended;
      const name = partnerName(app);
      const beside = rituals.theirs === id ? "ritual-both" : "ritual-waits";
      fill(root, {
        title: found.title,
        step: step?.text ?? "",
        to: step?.to ? say(`ritual-to-${step.to}`) : "",
        "end-says": end ? say(walk.ended ? "ritual-end" : "ritual-stopped") : "",
        beside: together && !end ? say(beside, { name }) : "",
      });
      const link = /** @type {HTMLAnchorElement} */ (part(root, "to"));
      if (step?.to) link.href = `/${language()}/space/${step.to}`;
      show(root, "to-box", Boolean(step?.to));
      show(root, "walking", !end);
      show(root, "end", end);
      show(root, "own-box", end || step?.own === true || words.value !== "");
      show(root, "readers", end && journals.shared !== null);
      for (const name of ["saving", "again-box"]) show(root, name, end);
      for (const name of ["moving", "stopping"]) show(root, name, !end);
      show(root, "back", walk.step > 0);
    };
    const turn = (/** @type {() => void} */ how) => {
      how();
      if (together && !stopped) void rituals.tell();
      draw();
    };

    on(root, "next", "click", () => turn(() => walk.next()));
    on(root, "back", "click", () => turn(() => walk.back()));
    on(root, "stop", "click", () => {
      stopped = true;
      rituals.unshare();
      draw();
    });
    on(root, "again", "click", () => {
      if (stopped) stopped = false;
      else walk.back();
      if (together) rituals.share(walk);
      draw();
    });
    onSubmit(root, "form", async () => {
      const sent = words.value;
      const text = sent.trim();
      if (!text) return words.focus();
      show(root, "trouble", false);
      const journal = (input(root, "ours").checked && journals.shared) || journals.individual;
      try {
        const doc = { type: "note", at: now(), text, to: "", feelings: [], files: [], ritual: id };
        const sealed = await journal.seal(doc);
        const waits = await journals.outbox.post(sealed);
        const more = await takeSent(words, draft, sent);
        if (more) return notice(say("saved-more"));
        rituals.done(walk);
        notice(sayPosted(journals.outbox, sealed.id, waits));
        await router.goFrom(root, "space/journal");
      } catch (error) {
        fill(root, { trouble: sayError(error) });
        show(root, "trouble", true);
      }
    });

    const changed = () => {
      if (!stopped) draw();
    };
    rituals.addEventListener("changed", changed);
    draw();
    if (together) rituals.share(walk);
    const draft = new AnswerDraft(
      journals,
      b64(await namedId(journals.individual.names, session.id, `ritual/${id}`)),
      false,
    );
    await keepsDraft(words, draft);
    draw();
    return () => {
      rituals.removeEventListener("changed", changed);
      if (rituals.open === walk) rituals.unshare();
      if (walk.ended || stopped) rituals.done(walk);
    };
  },
};
