/**
 * Paints a grown tree for a season: wood, leaves in four shades, blossom, snow, grass, as SVG path
 * data. It never depends on anything that a member did. Runs without a DOM.
 */

import { GROUND } from "./geometry.js";

/**
 * @typedef {{ wood: string, lit: string, snow: string, behind: string[], before: string[],
 *   blossom: string, fallen: string[], grass: string }} Dress
 * @typedef {import("./geometry.js").Point} Point
 */

const SHADES = 4; // from light to shadow

/** Leaves per twig, by season and the elapsed part of it. */
const FULLNESS = {
  spring: (/** @type {number} */ part) => 0.45 + 0.9 * part,
  summer: () => 1.45,
  autumn: (/** @type {number} */ part) => 1.4 - 0.95 * part,
  winter: () => 0,
};

/**
 * @param {import("./grow.js").Grown} grown
 * @param {import("./season.js").Season} season
 * @param {() => number} chance from the tree's own seed
 * @returns {Dress}
 */
export function paintSeason({ limbs, twigs }, { name, part }, chance) {
  const full = FULLNESS[name](part);
  const behind = Array.from({ length: SHADES }, () => "");
  const before = Array.from({ length: SHADES }, () => "");
  const fallen = Array.from({ length: SHADES }, () => "");
  let blossom = "";
  const sprouts = name === "winter" ? [] : twigs;
  for (const twig of sprouts) {
    const count = Math.floor(full + chance());
    for (let leaf = 0; leaf < count; leaf++) {
      const at = { x: twig.x + (chance() - 0.5) * 19, y: twig.y + (chance() - 0.5) * 17 };
      const long = 6.5 + chance() * 5;
      const side = chance() < 0.62 ? behind : before;
      const shade = shadeOf(at, chance());
      side[shade] += blade(at, long, chance() * 2 - 1, chance() * 2 - 1);
    }
    if (name === "spring" && chance() < 0.34 - 0.24 * part) {
      blossom += flower(
        { x: twig.x + (chance() - 0.5) * 14, y: twig.y + (chance() - 0.5) * 12 },
        1.2 + chance() * 1.1,
      );
    }
  }
  if (name === "autumn") {
    for (let leaf = 0; leaf < 26 + 46 * part; leaf++) {
      const x = 200 + (chance() + chance() + chance() - 1.5) * 125;
      const at = { x, y: hill(x) + 2 + chance() * 9 * (1 - ((x - 200) / 200) ** 2) };
      fallen[Math.floor(chance() * 3)] += blade(
        at,
        5 + chance() * 4,
        chance() * 2 - 1,
        (chance() - 0.5) * 0.7,
      );
    }
  }
  return {
    wood: limbs.map(outline).join(""),
    lit: limbs
      .filter(([, second]) => (second?.half ?? 0) > 1.1)
      .map(edge)
      .join(""),
    snow: name === "winter" ? limbs.map(drift).join("") : "",
    behind,
    before,
    blossom,
    fallen,
    grass: name === "winter" ? "" : meadow(chance, name === "autumn" ? 44 : 80),
  };
}

/**
 * Choose a shade; the light comes from the upper left.
 * @param {Point} at
 * @param {number} luck
 */
function shadeOf({ x, y }, luck) {
  const depth = (y - 40) / 260 + (x - 200) / 900 + (luck - 0.5) * 0.75;
  return Math.max(0, Math.min(SHADES - 1, Math.floor(depth * SHADES)));
}

/**
 * Return the height of the hill's line.
 * @param {number} x
 * @returns {number}
 */
export function hill(x) {
  const from = (x - 200) / 200;
  return GROUND - 3 + from * from * 15;
}

/**
 * Draw a pointed leaf from its stalk, in the direction (dx, dy).
 * @param {Point} at
 * @param {number} long
 * @param {number} dx
 * @param {number} dy
 */
function blade({ x, y }, long, dx, dy) {
  const far = Math.sqrt(dx * dx + dy * dy) || 1;
  const [ux, uy] = [(dx / far) * long, (dy / far) * long];
  const side = 0.36;
  const [mx, my] = [ux * 0.45, uy * 0.45];
  const out = `q${n(mx - uy * side)} ${n(my + ux * side)} ${n(ux)} ${n(uy)}`;
  const back = `q${n(mx - ux + uy * side)} ${n(my - uy - ux * side)} ${n(-ux)} ${n(-uy)}`;
  return `M${n(x)} ${n(y)}${out}${back}z`;
}

/**
 * Draw five petals around a point.
 * @param {Point} at
 * @param {number} size
 */
function flower({ x, y }, size) {
  const petals = [
    [0, -1],
    [0.95, -0.31],
    [0.59, 0.81],
    [-0.59, 0.81],
    [-0.95, -0.31],
  ];
  return petals.map(([dx = 0, dy = 0]) => disc(x + dx * size, y + dy * size, size * 0.86)).join("");
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
function disc(x, y, r) {
  const arc = (/** @type {number} */ dx) => `a${n(r)} ${n(r)} 0 1 0 ${n(dx)} 0`;
  return `M${n(x - r)} ${n(y)}${arc(2 * r)}${arc(-2 * r)}z`;
}

/**
 * Draw both sides of a limb as one smooth outline.
 * @param {import("./geometry.js").Joint[]} limb
 */
function outline(limb) {
  const left = beside(limb, 1);
  const right = beside(limb, -1).reverse();
  return `${smooth([...left, ...right])}z`;
}

/**
 * Draw the lit side of a limb.
 * @param {import("./geometry.js").Joint[]} limb
 */
function edge(limb) {
  const out = beside(limb, 0.92);
  const back = limb.map((joint, at) => {
    const side = /** @type {Point} */ (out[at]);
    return { x: side.x + (joint.x - side.x) * 0.55, y: side.y + (joint.y - side.y) * 0.55 };
  });
  return `${smooth([...out, ...back.reverse()])}z`;
}

/**
 * Draw snow on the parts of a limb that are nearly horizontal.
 * @param {import("./geometry.js").Joint[]} limb
 */
function drift(limb) {
  let path = "";
  let open = false;
  for (let at = 1; at < limb.length; at++) {
    const [one, other] = [
      /** @type {Point & { half: number }} */ (limb[at - 1]),
      /** @type {Point & { half: number }} */ (limb[at]),
    ];
    const lies = Math.abs(other.y - one.y) < 0.72 * Math.abs(other.x - one.x) && one.half > 0.62;
    if (lies) {
      if (!open) path += `M${n(one.x)} ${n(one.y - one.half)}`;
      path += `L${n(other.x)} ${n(other.y - other.half)}`;
    }
    open = lies;
  }
  return path;
}

/**
 * Return one side of a limb, at `share` of its half width.
 * @param {import("./geometry.js").Joint[]} limb
 * @param {number} share
 * @returns {Point[]}
 */
function beside(limb, share) {
  return limb.map((joint, at) => {
    const before = limb[at - 1] ?? joint;
    const after = limb[at + 1] ?? joint;
    const [dx, dy] = [after.x - before.x, after.y - before.y];
    const far = Math.sqrt(dx * dx + dy * dy) || 1;
    const half = (limb.length - 1 === at ? joint.half * 0.4 : joint.half) * share;
    return { x: joint.x + (dy / far) * half, y: joint.y - (dx / far) * half };
  });
}

/**
 * Draw a smooth line through the midpoints between the points.
 * @param {Point[]} points
 */
function smooth(points) {
  const [first = { x: 0, y: 0 }] = points;
  let path = `M${n(first.x)} ${n(first.y)}`;
  for (let at = 1; at < points.length; at++) {
    const here = /** @type {Point} */ (points[at]);
    const next = points[at + 1] ?? here;
    path += `Q${n(here.x)} ${n(here.y)} ${n((here.x + next.x) / 2)} ${n((here.y + next.y) / 2)}`;
  }
  return path;
}

/**
 * Draw blades of grass along the hill.
 * @param {() => number} chance
 * @param {number} count
 */
function meadow(chance, count) {
  let path = "";
  for (let index = 0; index < count; index++) {
    const x = 200 + (chance() + chance() - 1) * 185;
    const y = hill(x) + 1 + chance() * 5;
    const [lean, high] = [(chance() - 0.5) * 6, 4 + chance() * 6];
    path += `M${n(x)} ${n(y)}q${n(lean * 0.2)} ${n(-high * 0.6)} ${n(lean)} ${n(-high)}`;
  }
  return path;
}

/** @param {number} number */
function n(number) {
  return String(Math.round(number * 10) / 10);
}
