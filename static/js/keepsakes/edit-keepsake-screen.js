/** Editing the words of a keepsake; its file stays the same. */

import { fill, input, onSubmit, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { formSnapshot } from "../ui/form-state.js";
import { t, errorMessage } from "../ui/i18n.js";
import { ConflictError } from "../replica/journal.js";
import { offerSaveAsNew, isDeletedError } from "../entries/save-as-new.js";
import { outboxMessage } from "../entries/outbox-message.js";
import { mountRecipientPicker } from "../naming/recipient-picker.js";
import { Keepsakes } from "./keepsakes.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "keepsake-change",
  auth: "member",
  title: "title",
  tab: "keepsakes",
  async mount(root, app, [id = ""]) {
    const keepsakes = new Keepsakes(app.journals);
    await keepsakes.loadAll().catch((error) => showToast(errorMessage(error)));
    const entry = keepsakes.get(id);
    if (!entry?.mine) return void app.router.navigate("space/keepsakes", { replace: true });
    const { doc } = entry;
    let { rev } = entry;
    let whom = doc.for ?? [];
    const text = /** @type {HTMLTextAreaElement} */ (part(root, "text"));
    const field = input(root, "title");
    [field.value, text.value] = [String(doc.title ?? ""), String(doc.text ?? "")];
    setVisible(root, "title-box", doc.kind === "object");
    setVisible(root, "reads-mine", !entry.shared);
    setVisible(root, "reads-ours", entry.shared);
    fill(root, { heading: t(`keepsake-${doc.kind}`) });
    mountRecipientPicker(part(root, "whom"), app, whom, (now) => (whom = now));
    const asNew = async () => {
      try {
        const words = { title: field.value.trim(), text: text.value.trim(), for: whom };
        const { outbox, trash } = app.journals;
        const { id: now, waits } = await trash.restore(await keepsakes.toNewEntry(entry, words));
        showToast(outboxMessage(outbox, now, waits));
        await app.router.navigateIfCurrent(root, "space/keepsakes", { replace: true });
      } catch (error) {
        showToast(errorMessage(error));
      }
    };
    onSubmit(root, "form", async () => {
      try {
        const words = { title: field.value.trim(), text: text.value.trim(), for: whom };
        const sent = formSnapshot(root);
        const waits = await keepsakes.change(entry, rev + 1, words);
        if (formSnapshot(root) !== sent) {
          if (!waits) rev += 1;
          return showToast(t("saved-more"));
        }
        showToast(outboxMessage(app.journals.outbox, id, waits));
        await app.router.navigateIfCurrent(root, `space/keepsakes/look/${id}`, { replace: true });
      } catch (error) {
        if (isDeletedError(error)) return offerSaveAsNew(part(root, "as-new"), asNew);
        if (!(error instanceof ConflictError) || !error.current?.doc)
          return showToast(errorMessage(error));
        rev = error.current.rev; // shown, so that saving again replaces it knowingly
        const { title, text: theirs } = error.current.doc;
        fill(root, { theirs: [title, theirs].filter(Boolean).join("\n") });
        setVisible(root, "conflict", true);
        part(root, "conflict").scrollIntoView({ block: "center" });
      }
    });
  },
};
