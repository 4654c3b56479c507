/** Of what came back from an archive: who wrote it, in the journal that two shared. */

import { t } from "../ui/i18n.js";

/** @param {{ name?: unknown, mine?: unknown }} from */
export function importedAuthor({ name, mine }) {
  return t("from-shared", { who: mine ? t("you") : String(name ?? "") });
}
