/** A book: how much, and the file. */

import { clock } from "../clock.js";
import { onSubmit } from "../ui/dom.js";
import { language, say } from "../ui/sentences.js";
import { day } from "../journals/card.js";
import { bindBook } from "./book.js";
import { attempt, dated, howMuch, offer, tell } from "./doing.js";
import { Gathering } from "./gathering.js";
import { takePages } from "./take-book.js";

const STYLE = new URL("../../css/book.css", import.meta.url);

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "taking-book",
  needs: "member",
  title: "title",
  tab: "settings",
  show(root, app) {
    const wide = howMuch(root, app);
    let address = "";
    onSubmit(root, "form", async () => {
      await attempt(root, async () => {
        tell(root, "taking-gathers");
        const gathering = new Gathering(app, wide());
        const pages = await takePages(gathering);
        const style = await (await fetch(STYLE)).text();
        const now = clock.date;
        const names = { login: app.session.known.login, date: day(now.toISOString()) };
        const says = {
          language: language(),
          title: say("taking-book-title"),
          under: say("taking-book-under", names),
          picture: say("taking-picture"),
          recording: say("taking-recording"),
          elsewhere: say("taking-elsewhere"),
        };
        const book = await bindBook(pages, says, style);
        const about = { says: say("taking-book-ready"), left: gathering.left };
        address = offer(root, book, { name: `shared-space-${dated(now)}.html`, ...about });
      });
    });
    return () => URL.revokeObjectURL(address);
  },
};
