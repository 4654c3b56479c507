/** The dates and the HTML in the exports of other journals. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { dateInPath, momentInZone, readDate } from "../../static/js/export/elsewhere/dates.js";
import { htmlText } from "../../static/js/export/elsewhere/html-text.js";

test("a moment is written as it was where the writer was", () => {
  const moment = new Date("2020-03-01T23:30:00Z");
  assert.equal(momentInZone(moment, "Europe/Madrid"), "2020-03-02T00:30:00+01:00");
  assert.equal(momentInZone(moment, "America/Bogota"), "2020-03-01T18:30:00-05:00");
  assert.equal(momentInZone(moment, "Asia/Kathmandu"), "2020-03-02T05:15:00+05:45");
  assert.equal(momentInZone(moment, "Nowhere/Land"), "2020-03-01T23:30:00+00:00");
  assert.equal(momentInZone(new Date(NaN)), "");
});

test("dates are found in texts and in names, and none is made up", () => {
  assert.equal(readDate("2020-03-01T10:20:30+0200"), "2020-03-01T10:20:30+02:00");
  assert.equal(readDate("2020-03-01T10:20Z"), "2020-03-01T10:20:00+00:00");
  assert.match(readDate("2020-03-01"), /^2020-03-01T12:00:00[+-]/);
  for (const none of ["", "yesterday", "2020-02-31", "2020-13-01", "2020-3-1"]) {
    assert.equal(readDate(none), "", none);
  }
  for (const [path, day] of [
    ["2020-03-01.md", "2020-03-01T12:00"],
    ["a/Monday 2020.03.01 the lake.txt", "2020-03-01T12:00"],
    ["20200301.txt", "2020-03-01T12:00"],
    ["2020-03-01 21-45 night.md", "2020-03-01T21:45"],
    ["20200301_2145.md", "2020-03-01T21:45"],
    ["journal/2020/03/01.md", "2020-03-01T12:00"],
    ["notes/page 12345678.md", ""],
    ["notes/2020-13-01.md", ""],
    ["notes/tea.md", ""],
  ]) {
    assert.equal(dateInPath(path ?? "").slice(0, 16), day, path);
  }
});

test("the text of HTML is read, and nothing of it is run", () => {
  assert.equal(
    htmlText("<p>One <b>two</b></p><p>three<br>four &lt;b&gt;</p>"),
    "One two\nthree\nfour <b>",
  );
  assert.equal(
    htmlText('<script>x</script><p title="a > b">a &#233;&#x1F56F; &unknown;</p>'),
    "a é🕯 &unknown;",
  );
  assert.equal(htmlText("<p>a < b &#xD800;"), "a < b \ufffd");
  assert.equal(htmlText("<!-- <p>no</p> -->yes<!-- open"), "yes");
});
