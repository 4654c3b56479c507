/** Exporting a book: its scope, and the file. */

import { clock } from "../clock.js";
import { onSubmit } from "../ui/dom.js";
import { locale, t } from "../ui/i18n.js";
import { renderBook } from "./html-book.js";
import {
  withProgress,
  dateStamp,
  mountScopeChoice,
  offerDownload,
  showProgress,
} from "./progress.js";
import { ExportReader } from "./export-reader.js";
import { bookPages } from "./book-pages.js";
import { bookStyle } from "./book-style.js";
import { formatDay } from "../ui/format-date.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "taking-book",
  auth: "member",
  title: "title",
  tab: "settings",
  mount(root, app, _, signal) {
    const wide = mountScopeChoice(root, app);
    onSubmit(root, "form", async () => {
      await withProgress(root, async () => {
        showProgress(root, "taking-gathers");
        const gathering = new ExportReader(app, wide());
        const pages = await bookPages(gathering);
        const style = await bookStyle();
        const now = clock.date;
        const names = { login: app.session.account.login, date: formatDay(now.toISOString()) };
        const labels = {
          language: locale(),
          title: t("taking-book-title"),
          under: t("taking-book-under", names),
          picture: t("taking-picture"),
          recording: t("taking-recording"),
          elsewhere: t("taking-elsewhere"),
        };
        const book = await renderBook(pages, labels, style);
        const name = `shared-space-${dateStamp(now)}.html`;
        const about = { name, says: t("taking-book-ready"), left: gathering.skipped };
        offerDownload(root, book, about, signal);
      });
    });
  },
};
