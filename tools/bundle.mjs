// Bundles the page's modules into static/bundle/, so that a first visit on a slow line requests few
// files instead of two hundred modules. Run by `make`; nothing in static/bundle/ is committed. The
// server uses the bundle only if it was made from exactly the sources that are there
// (shared_space/http/script_bundle.py), and otherwise serves the modules one by one.
//
// Two builds of the same sources give the same bytes: names contain no hash and no time is written.

import { createHash } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { rolldown } from "rolldown";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const sources = join(root, "static", "js");
const vendor = join(root, "static", "vendor");
const bundle = join(root, "static", "bundle");

const MAIN = "main.js";
// Every page has these two before it is drawn, and the shell's modules share them.
const FIRST = ["ui/theme.js", "ui/disguise.js"];
// What the shell shows before anything else is loaded.
const EARLY = [
  "accounts/sign-up-screen.js",
  "accounts/sign-in-screen.js",
  "accounts/unlock-screen.js",
  "accounts/recover-screen.js",
  "candle/candle-screen.js",
  "linking/accept-invitation-screen.js",
  "support/support-screen.js",
];
// Each is a document's or a worker's own, in one file.
const ALONE = [
  "candle/welcome.js",
  "support/public.js",
  "guide/public.js",
  "cards/maker.js",
  "guide/first-days-public.js",
  "crypto/argon2-worker.js",
  "export/age-worker.js",
  "keepsakes/picture-worker.js",
];

await rm(bundle, { recursive: true, force: true });
const first = new Set(FIRST.map((name) => join(sources, name)));
const early = await reachable([MAIN, ...EARLY]);
await build([MAIN, ...FIRST], {
  codeSplitting: {
    groups: [
      { name: "first", test: (id) => first.has(id), priority: 3 },
      { name: "early", test: (id) => early.has(id) && id !== join(sources, MAIN), priority: 2 },
      { name: "late", test: (id) => id.startsWith(sources) && !early.has(id), priority: 1 },
    ],
  },
});
for (const module of ALONE) {
  const [name] = module.split("/").at(-1).split(".");
  await build([module], { chunkFileNames: `chunks/${name}-[name].js` }); // the second Argon2, say
}
await writeFile(join(bundle, "sources.txt"), `${await digest()}\n`);

/** Bundle entries, each under its own name; what they share goes into chunks/. */
async function build(entries, output) {
  const made = await rolldown({
    input: Object.fromEntries(entries.map((one) => [one.replace(/\.js$/, ""), join(sources, one)])),
    cwd: root,
    treeshake: true,
  });
  await made.write({
    dir: bundle,
    format: "es",
    entryFileNames: "[name].js",
    chunkFileNames: "chunks/[name].js", // two levels deep, as modules are that name other files
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    ...output,
  });
  await made.close();
}

/** Every module that these import at once, by its path. */
async function reachable(names) {
  const found = new Set();
  const todo = names.map((name) => join(sources, name));
  for (const path of todo) {
    if (found.has(path)) continue;
    found.add(path);
    const text = await readFile(path, "utf8");
    const imports = /^(?:import|export)\b[^;]*?from "([^"]+)";|^import "([^"]+)";/gm;
    for (const [, one, other] of text.matchAll(imports)) {
      todo.push(resolve(dirname(path), one ?? other));
    }
  }
  return found;
}

/** What the bundle is made of: SHA-256 over every name and every byte, as the server counts it. */
async function digest() {
  const names = [];
  for (const folder of [sources, vendor]) {
    for (const file of await readdir(folder, { recursive: true })) {
      if (file.endsWith(".js")) names.push(relative(join(root, "static"), join(folder, file)));
    }
  }
  const total = createHash("sha256");
  for (const name of names.sort()) {
    const bytes = await readFile(join(root, "static", name));
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    total.update(`${name}\0${sha256}\0`);
  }
  return total.digest("hex");
}
