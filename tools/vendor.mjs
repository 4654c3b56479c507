// Copies what the browser loads from node_modules into static/vendor/, as plain ES modules.
// Run by `make`; nothing in static/vendor/ is committed.

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const vendor = join(root, "static", "vendor");

await rm(vendor, { recursive: true, force: true });
await copy("socket.io-client/dist/socket.io.esm.min.js", "socket.io.js", "socket.io-client");
await copy("lean-qr/index.mjs", "lean-qr.js", "lean-qr");
await copy("ical.js/dist/ical.min.js", "ical.js", "ical.js");
await copyUmd("hash-wasm/dist/argon2.umd.min.js", "hash-wasm/argon2.js", "hash-wasm", [
  "argon2id",
]);
await copyWithImports("@noble/hashes", "argon2.js", "noble-hashes");

/** One file; the source map's address is left out, as no map is served. */
async function copy(from, to, types) {
  const text = await readFile(join(modules, from), "utf8");
  await write(to, text.replace(/^\/\/# sourceMappingURL=.*\n?/m, ""));
  await declare(to, `export * from "${types}";\n${/\bas default\b/.test(text) ? `export { default } from "${types}";\n` : ""}`);
}

/** A script for any module system, as an ES module: a seventh of the size of its package's own. */
async function copyUmd(from, to, types, names) {
  const text = await readFile(join(modules, from), "utf8");
  const list = names.join(", ");
  await write(
    to,
    `const module = {}, exports = {};\n${text}\nexport const { ${list} } = exports;\n`,
  );
  await declare(to, `export { ${list} } from "${types}";\n`);
}

/** A module and, in the same folder, whatever it imports from its own. */
async function copyWithImports(from, entry, to) {
  const todo = [entry];
  for (const name of todo) {
    const text = await readFile(join(modules, from, name), "utf8");
    for (const [, found] of text.matchAll(/^(?:import|export)\s[^;]*?from\s+"([^"]+)";/gm)) {
      if (!/^\.\/[\w-]+\.js$/.test(found)) throw new Error(`${from}/${name} imports ${found}`);
      if (!todo.includes(found.slice(2))) todo.push(found.slice(2));
    }
    await write(join(to, name), text.replace(/^\/\/# sourceMappingURL=.*\n?/m, ""));
    await declare(join(to, name), `export * from "${from}/${name}";\n`);
  }
}

/** What the type checker reads in place of the script. */
async function declare(to, text) {
  await write(to.replace(/\.js$/, ".d.ts"), text);
}

async function write(to, text) {
  const path = join(vendor, to);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
