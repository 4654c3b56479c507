/** Paths of files inside of an export. Pure. */

/**
 * Whether a name stays below the folder that it is in.
 * @param {string} path
 */
export function isSafePath(path) {
  const absolute = path.startsWith("/") || /^[a-z]:/i.test(path);
  const steps = path.replace(/\/$/, "").split("/");
  const odd = steps.some((step) => step === "" || step === "." || step === "..");
  return !absolute && !odd && !/[\\\0-\x1f]/.test(path);
}

/**
 * Whether a path is one of the files that a system adds for itself.
 * @param {string} path
 */
export function isHidden(path) {
  return path.startsWith("__MACOSX/") || path.split("/").some((step) => step.startsWith("."));
}

/**
 * Return a path without its ending.
 * @param {string} path
 */
export function stemOf(path) {
  const dot = path.lastIndexOf(".");
  return dot > path.lastIndexOf("/") ? path.slice(0, dot) : path;
}
