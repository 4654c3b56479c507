/** Other words for a keepsake; what it is stays as it is. */

import { fill, input, onSubmit, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { whatStands } from "../ui/sent.js";
import { say, sayError } from "../ui/sentences.js";
import { Conflict } from "../journals/journal.js";
import { askAsNew, isGone } from "../journals/as-new.js";
import { sayPosted } from "../journals/posted.js";
import { askWhom } from "../naming/whom.js";
import { Keepsakes } from "./keepsakes.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "keepsake-change",
  needs: "member",
  title: "title",
  tab: "keepsakes",
  async show(root, app, [id = ""]) {
    const keepsakes = new Keepsakes(app.journals);
    await keepsakes.load().catch((error) => notice(sayError(error)));
    const entry = keepsakes.get(id);
    if (!entry?.mine) return void app.router.go("space/keepsakes", { replace: true });
    const { doc } = entry;
    let { rev } = entry;
    let whom = doc.for ?? [];
    const text = /** @type {HTMLTextAreaElement} */ (part(root, "text"));
    const field = input(root, "title");
    [field.value, text.value] = [String(doc.title ?? ""), String(doc.text ?? "")];
    show(root, "title-box", doc.kind === "object");
    show(root, "reads-mine", !entry.shared);
    show(root, "reads-ours", entry.shared);
    fill(root, { heading: say(`keepsake-${doc.kind}`) });
    askWhom(part(root, "whom"), app, whom, (now) => (whom = now));
    const asNew = async () => {
      try {
        const words = { title: field.value.trim(), text: text.value.trim(), for: whom };
        const { outbox, removed } = app.journals;
        const { id: now, waits } = await removed.bringBack(await keepsakes.asNew(entry, words));
        notice(sayPosted(outbox, now, waits));
        await app.router.goFrom(root, "space/keepsakes", { replace: true });
      } catch (error) {
        notice(sayError(error));
      }
    };
    onSubmit(root, "form", async () => {
      try {
        const words = { title: field.value.trim(), text: text.value.trim(), for: whom };
        const sent = whatStands(root);
        const waits = await keepsakes.change(entry, rev + 1, words);
        if (whatStands(root) !== sent) {
          if (!waits) rev += 1;
          return notice(say("saved-more"));
        }
        notice(sayPosted(app.journals.outbox, id, waits));
        await app.router.goFrom(root, `space/keepsakes/look/${id}`, { replace: true });
      } catch (error) {
        if (isGone(error)) return askAsNew(part(root, "as-new"), asNew);
        if (!(error instanceof Conflict) || !error.current?.doc) return notice(sayError(error));
        rev = error.current.rev; // shown, so that whoever saves now knows what it replaces
        const { title, text: theirs } = error.current.doc;
        fill(root, { theirs: [title, theirs].filter(Boolean).join("\n") });
        show(root, "conflict", true);
        part(root, "conflict").scrollIntoView({ block: "center" });
      }
    });
  },
};
