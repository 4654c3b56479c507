/** The partner's preferred name, or a word that fits anyone. */

import { toBase64Url } from "../crypto/bytes.js";
import { t } from "../ui/i18n.js";

/** @param {import("../services.js").Services} app */
export function partnerName({ session, journals }) {
  const space = session.spaces.active;
  return (space && journals.nameOf(toBase64Url(space.partner))) || t("someone");
}
