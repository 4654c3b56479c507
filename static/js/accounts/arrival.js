/** Where somebody goes who has just come in: to the invitation that waits, or to the candle. */

import { b64 } from "../crypto/bytes.js";
import { inviteKeys } from "../crypto/invite.js";
import { waitingInvitation } from "../linking/waiting.js";

/**
 * The proof of an invitation that waits in this tab, for sign-up.
 * @returns {Promise<{ id: string, auth: string } | null>}
 */
export async function invitationHere() {
  const waiting = waitingInvitation();
  if (!waiting) return null;
  const { auth } = await inviteKeys(waiting.secret, waiting.id);
  return { id: b64(waiting.id), auth: b64(auth) };
}

/** @param {import("../hall.js").Hall} app */
export async function afterArrival(app) {
  if (waitingInvitation()) return app.router.go("join", { replace: true });
  return app.router.go("space/candle", { replace: true });
}
