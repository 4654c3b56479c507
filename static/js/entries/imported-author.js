/** The author of an entry that was imported from the archive of a shared journal. */

import { t } from "../ui/i18n.js";

/** @param {{ name?: unknown, mine?: unknown }} from */
export function importedAuthor({ name, mine }) {
  return t("from-shared", { who: mine ? t("you") : String(name ?? "") });
}
