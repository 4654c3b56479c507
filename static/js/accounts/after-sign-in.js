/** The screen to show after signing in: a pending invitation or card, or the candle. */

import { toBase64Url } from "../crypto/bytes.js";
import { inviteKeys } from "../crypto/invite.js";
import { pendingCard } from "../session/pending-card.js";
import { pendingInvitation } from "../session/pending-invitation.js";

/**
 * Return the proof of the invitation that is pending in this tab, as sign-up sends it.
 * @returns {Promise<{ id: string, auth: string } | null>}
 */
export async function pendingInvitationProof() {
  const waiting = pendingInvitation();
  if (!waiting) return null;
  const { auth } = await inviteKeys(waiting.secret, waiting.id);
  return { id: toBase64Url(waiting.id), auth: toBase64Url(auth) };
}

/** @param {import("../core-services.js").CoreServices} app */
export async function goAfterSignIn(app) {
  if (pendingInvitation()) return app.router.navigate("join", { replace: true });
  if (pendingCard()) return app.router.navigate("space/card", { replace: true });
  return app.router.navigate("space/candle", { replace: true });
}
