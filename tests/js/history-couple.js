/** Two people whose pages have read and checked the same shared journal. */

import { Device, HistoryServer, note, settled } from "./history-server.js";

/**
 * Pull what the server announces, and check it.
 * @param {any} page
 * @param {HistoryServer} server
 */
export async function hear({ journal }, server) {
  await journal.hear(server.place);
  await settled(journal);
}

/** Two people who have each written, and read what the other wrote. */
export async function couple() {
  const server = new HistoryServer();
  const [ana, sam] = [new Device(), new Device()];
  const hers = await ana.page(server);
  const his = await sam.page(server);
  for (let at = 1; at <= 3; at++) {
    await hers.journal.write(note(`hers ${at}`));
    await hear(his, server);
    await his.journal.write(note(`his ${at}`));
    await hear(hers, server);
  }
  return { server, ana, sam, hers, his };
}
