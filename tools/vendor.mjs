// Copies what the browser loads from node_modules into static/vendor/, as plain ES modules.
// Run by `make`; nothing in static/vendor/ is committed.

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { rolldown } from "rolldown";

const IMPORT = /^((?:import|export)\s[^;'"]*?from\s+)["']([^"']+)["']/gm;

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const vendor = join(root, "static", "vendor");

await rm(vendor, { recursive: true, force: true });
await copy("socket.io-client/dist/socket.io.esm.min.js", "socket.io.js", "socket.io-client");
await copy("lean-qr/index.mjs", "lean-qr.js", "lean-qr");
await copy("ical.js/dist/ical.min.js", "ical.js", "ical.js");
await copyUmd("hash-wasm/dist/argon2.umd.min.js", "hash-wasm/argon2.js", "hash-wasm", ["argon2id"]);
await copyWithImports("@noble/hashes/argon2.js");
await copyWithImports("age-encryption");
await bundleParts("@zip.js/zip.js/lib/zip-core-custom.js", "zip.js", "@zip.js/zip.js", [
  "BlobReader",
  "BlobWriter",
  "ZipReader",
  "configure",
]);

/** One file; the source map's address is left out, as no map is served. */
async function copy(from, to, types) {
  const text = await readFile(join(modules, from), "utf8");
  await write(to, text.replace(/^\/\/# sourceMappingURL=.*\n?/m, ""));
  await declare(
    to,
    `export * from "${types}";\n` +
      (/\bas default\b/.test(text) ? `export { default } from "${types}";\n` : ""),
  );
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

/**
 * A module and whatever it imports, of its own package or of another: a browser knows no package
 * by its name, so each import becomes the way from one file to the other.
 */
async function copyWithImports(name) {
  const entry = createRequire(import.meta.url).resolve(name);
  const todo = [entry];
  for (const path of todo) {
    const require = createRequire(path);
    const text = await readFile(path, "utf8");
    const here = dirname(placeOf(path));
    const local = text.replace(IMPORT, (whole, before, found) => {
      const target = require.resolve(found);
      if (!todo.includes(target)) todo.push(target);
      const way = relative(here, placeOf(target));
      return `${before}"${way.startsWith(".") ? way : `./${way}`}"`;
    });
    await write(placeOf(path), local.replace(/^\/\/# sourceMappingURL=.*\n?/m, ""));
  }
  await declare(placeOf(entry), `export * from "${name}";\n`);
}

/** Some exports of a package of many modules, in one file that holds nothing else of it. */
async function bundleParts(from, to, types, names) {
  const list = names.join(", ");
  const made = await rolldown({
    input: "parts",
    cwd: root,
    treeshake: true,
    plugins: [
      {
        name: "parts",
        resolveId: (id) => (id === "parts" ? id : null),
        load: (id) => (id === "parts" ? `export { ${list} } from "${from}";` : null),
      },
    ],
  });
  const { output } = await made.generate({ format: "es", minify: true });
  await made.close();
  await write(to, output[0].code);
  await declare(to, `export { ${list} } from "${types}";\n`);
}

/** Where a module of node_modules stands in static/vendor: @noble/hashes is noble-hashes. */
function placeOf(path) {
  return relative(modules, path)
    .replaceAll("node_modules/", "")
    .replaceAll(/@(\w+)\//g, "$1-");
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
