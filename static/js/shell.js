/** The page in which all signed-in life happens: which address is which screen, and the start. */

import { watchTheCandle } from "./candle/tab.js";
import { clock } from "./clock.js";
import { Hall } from "./hall.js";
import { takeFragment } from "./linking/waiting.js";
import "./offline/installing.js"; // from the first moment: the browser offers it once
import { lockWhenIdle } from "./session/idle.js";
import { Vault } from "./session/vault.js";
import { clone, part, show } from "./ui/dom.js";
import { exitQuietly } from "./ui/exit.js";
import { templates } from "./ui/later.js";
import { say } from "./ui/sentences.js";
import "./ui/theme.js";

/** @type {[RegExp, import("./ui/router.js").Loader][]} */
const ROUTES = [
  [/^sign-up$/, () => import("./accounts/sign-up.js")],
  [/^sign-in$/, () => import("./accounts/sign-in.js")],
  [/^recover$/, () => import("./accounts/recover.js")],
  [/^join$/, () => import("./linking/join.js")],
  [/^space(?:\/candle)?$/, () => import("./candle/page.js")],
  [/^space\/candle\/more$/, () => import("./candle/more.js")],
  [/^space\/journal$/, () => import("./journals/page.js")],
  [/^space\/journal\/write(?:\/([\w-]+))?$/, () => import("./journals/write.js")],
  [/^space\/keepsakes$/, () => import("./keepsakes/page.js")],
  [/^space\/keepsakes\/look(?:\/([\w-]+))?$/, () => import("./keepsakes/look.js")],
  [/^space\/keepsakes\/add$/, () => import("./keepsakes/add.js")],
  [
    /^space\/keepsakes\/add\/(photo|page|recording|object|imagined)$/,
    () => import("./keepsakes/write.js"),
  ],
  [/^space\/keepsakes\/change\/([\w-]+)$/, () => import("./keepsakes/change.js")],
  [/^space\/letters$/, () => import("./letters/page.js")],
  [/^space\/letters\/write(?:\/([\w-]+))?$/, () => import("./letters/write.js")],
  [/^space\/days$/, () => import("./days/page.js")],
  [/^space\/days\/write(?:\/([\w-]+))?$/, () => import("./days/write.js")],
  [/^space\/find$/, () => import("./finding/page.js")],
  [/^space\/lists$/, () => import("./lists/page.js")],
  [/^space\/lists\/([\w-]+)$/, () => import("./lists/list.js")],
  [/^space\/talk$/, () => import("./talk/page.js")],
  [/^space\/talk\/questions$/, () => import("./talk/questions.js")],
  [/^space\/talk\/question\/([\w-]+)$/, () => import("./talk/question.js")],
  [/^space\/guide\/words$/, () => import("./guide/words.js")],
  [/^space\/talk\/signals$/, () => import("./signals/page.js")],
  [/^space\/talk\/ways$/, () => import("./ways/page.js")],
  [/^space\/talk\/ways\/write$/, () => import("./ways/write.js")],
  [/^space\/tree(?:\/(mine))?$/, () => import("./tree/page.js")],
  [/^space\/tree\/plant(?:\/(mine))?$/, () => import("./tree/plant.js")],
  [/^space\/rituals$/, () => import("./rituals/page.js")],
  [/^space\/rituals\/([\w-]+)$/, () => import("./rituals/ritual.js")],
  [/^space\/rituals\/([\w-]+)\/(alone|together)$/, () => import("./rituals/walking.js")],
  [/^space\/reminders$/, () => import("./reminders/page.js")],
  [/^space\/rest$/, () => import("./rest/page.js")],
  [/^space\/guide(?:\/([\w-]+))?$/, () => import("./guide/page.js")],
  [/^space\/help$/, () => import("./support/page.js")],
  [/^space\/protects$/, () => import("./host/page.js")],
  [/^space\/settings$/, () => import("./accounts/settings.js")],
  [/^space\/settings\/password$/, () => import("./accounts/password.js")],
  [/^space\/settings\/sheet$/, () => import("./accounts/sheet.js")],
  [/^space\/settings\/sessions$/, () => import("./accounts/sessions.js")],
  [/^space\/settings\/words$/, () => import("./naming/page.js")],
  [/^space\/settings\/taking$/, () => import("./taking/page.js")],
  [/^space\/settings\/taking\/book$/, () => import("./taking/book-page.js")],
  [/^space\/settings\/taking\/archive$/, () => import("./taking/archive-page.js")],
  [/^space\/settings\/taking\/back$/, () => import("./taking/back-page.js")],
  [/^space\/settings\/passkeys$/, () => import("./passkeys/page.js")],
  [/^space\/settings\/safety$/, () => import("./safety/page.js")],
  [/^space\/settings\/home$/, () => import("./offline/page.js")],
  [/^space\/invite$/, () => import("./linking/invite.js")],
  [/^space\/joining$/, () => import("./linking/joining.js")],
  [/^space\/leave$/, () => import("./linking/leave.js")],
  [/^space\/archive\/([\w-]+)$/, () => import("./linking/archive.js")],
  [/^space\/settings\/delete$/, () => import("./accounts/ending.js")],
  [/^space\/deleted$/, () => import("./accounts/deleted.js")],
];

const SHOW_MINE =
  /^space\/(?:journal|letters|days|keepsakes|lists|tree|rituals|find|settings\/taking\/(?:book|archive)$)/; // what "Only me" closes

const DOORS = {
  locked: () => import("./accounts/unlock.js"),
  out: () => import("./accounts/sign-in.js"),
};

/** @param {string} key */
function cannot(key) {
  const root = clone("cannot");
  part(root, "why").textContent = say(key);
  part(document.body, "stage").replaceChildren(root);
}

/** What every screen but the first ones needs. @param {Hall} hall */
async function rooms(hall) {
  await templates();
  const { App } = await import("./app.js");
  return new App(hall);
}

/** Fetch the rest, once who has a place here sees what they came for. @param {Hall} hall */
async function gather({ router }) {
  await router.furnished();
  const { keepForLater } = await import("./offline/keeping.js");
  await keepForLater();
  await router.gather();
}

async function start() {
  takeFragment();
  if (!globalThis.crypto?.subtle) return cannot("no-crypto");
  const hall = new Hall(await Vault.open(), { routes: ROUTES, doors: DOORS, rooms });
  const { live, onlyMe, router, session } = hall;
  exitQuietly(hall);
  lockWhenIdle(hall);
  watchTheCandle(hall);
  clock.addEventListener("changed", () => show(document.body, "clock-off", clock.farOff));
  session.addEventListener("state", () => {
    if (session.state !== "open") live.close();
  });
  onlyMe.addEventListener("changed", () => {
    if (SHOW_MINE.test(router.path)) void router.show();
  });
  live.listen("session:ended", () => void session.ended());
  live.addEventListener("ask", () => void session.lookAgain());
  live.listen("linking:changed", () => void session.refresh().catch(() => {}));
  let gathering = false;
  router.addEventListener("shown", () => {
    if (session.state === "open") live.open();
    if (gathering || session.state === "out") return;
    gathering = true;
    void gather(hall).catch(() => {}); // what is missing comes when it is wanted
  });
  await session.begin();
  await router.start();
}

void start();
