/** Uploads the sealed files of an entry. Runs without a DOM. */

/**
 * @param {import("./journal.js").Journal} journal
 * @param {import("./outbox.js").QueuedEntry} parcel
 * @param {(fraction: number) => void} onProgress
 */
export async function uploadFiles(journal, { id: entry, files = [] }, onProgress) {
  const total = files.reduce((sum, { box }) => sum + box.length, 0);
  let sent = 0;
  for (const { id, box, tag } of files) {
    /** @type {Record<string, string>} */
    const headers = tag ? { "X-Author-Tag": tag } : {};
    const path = `${journal.path}/entries/${entry}/attachments/${id}`;
    await journal.journals.api.putBox(path, box, headers, (fraction) =>
      onProgress((sent + fraction * box.length) / total),
    );
    sent += box.length;
  }
}
