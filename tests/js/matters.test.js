/**
 * Side by side: the matters with and without a partner, and that a choice does not answer a
 * question.
 */

import assert from "node:assert/strict";
import { test } from "node:test";

import { CHOICES, fitsTopic, matterOfTopic, matterTopic } from "../../static/js/content/matters.js";
import { MatterList } from "../../static/js/matters/matter-list.js";
import { LwwMap } from "../../static/js/replica/lww-map.js";
import { Shared } from "./shared.js";

const OFFERED = [
  { id: "ashes", text: "The ashes" },
  { id: "visits", text: "Visits" },
];

/**
 * @param {Map<string, any>} rows
 * @param {"ana" | "sam"} me
 */
function listOf(rows, me) {
  const journal = /** @type {any} */ (new Shared(rows, me));
  const ids = me === "ana" ? ["of ana", "of sam"] : ["of sam", "of ana"];
  return new MatterList(new LwwMap(journal, "matter", "matters", ids), OFFERED);
}

/** @param {MatterList} list */
const texts = (list) => list.matters.map(({ text }) => text);

test("what either adds is on the list of both, after what is on offer", async () => {
  const rows = new Map();
  const [ana, sam] = [listOf(rows, "ana"), listOf(rows, "sam")];
  const id = await ana.add("The car seat");
  await sam.refresh();
  assert.deepEqual(texts(sam), ["The ashes", "Visits", "The car seat"]);
  assert.equal(sam.find(id)?.added, true);
  assert.equal(sam.find("ashes")?.added, false);
  await sam.remove(id);
  await ana.refresh();
  assert.deepEqual(texts(ana), ["The ashes", "Visits"]);
  assert.equal(ana.find(id), null);
});

test("a private answer can be changed and taken back, and the matter stays", async () => {
  const list = listOf(new Map(), "ana");
  const added = await list.add("The car seat");
  for (const id of ["ashes", added]) {
    const matter = () => {
      const found = list.find(id);
      assert.ok(found);
      return found;
    };
    await list.answer(matter(), "no", "Not yet");
    assert.deepEqual([matter().choice, matter().words], ["no", "Not yet"]);
    await list.answer(matter(), "yes", "");
    assert.deepEqual([matter().choice, matter().words], ["yes", ""]);
    await list.clearAnswer(matter());
    assert.equal(matter().choice, "");
  }
  assert.deepEqual(texts(list), ["The ashes", "Visits", "The car seat"]);
});

test("an offered matter that was answered stands on the list once", async () => {
  const list = listOf(new Map(), "ana");
  const ashes = list.find("ashes");
  assert.ok(ashes);
  await list.answer(ashes, "unsure", "");
  assert.deepEqual(texts(list), ["The ashes", "Visits"]);
});

test("a choice is read under a matter alone, and an answer under a question alone", () => {
  const topic = matterTopic("ashes");
  assert.equal(matterOfTopic(topic), "ashes");
  assert.equal(matterOfTopic("ashes"), "");
  for (const choice of CHOICES) assert.ok(fitsTopic({ type: "choice", question: topic, choice }));
  assert.ok(fitsTopic({ type: "answer", question: "nights", way: "none" }));
  assert.ok(fitsTopic({ type: "answer", way: "none" }));
  for (const wrong of [
    { type: "choice", question: "nights", choice: "yes" },
    { type: "choice", choice: "yes" },
    { type: "choice", question: topic, choice: "never" },
    { type: "answer", question: topic, way: "none" },
    { type: "note", question: topic, choice: "yes" },
  ]) {
    assert.ok(!fitsTopic(wrong), JSON.stringify(wrong));
  }
});
