/** Renders a tree as SVG; all colours and animations are in components/tree.css. */

import { seededRandom } from "./seeded-random.js";
import { paintSeason, hill } from "./paint-season.js";
import { HEIGHT, WIDTH } from "./geometry.js";
import { grow } from "./grow.js";

const SVG = "http://www.w3.org/2000/svg";
const HANGS = 6; // how far a leaf hangs below its twig

/** @typedef {{ id: string, place: number, mine: boolean }} Hung */

/** The outline of a hung leaf, with its stalk at 0, 0. */
const LEAF = "M0 0C6.4 3.4 7.6 11.5 0 20C-7.6 11.5-6.4 3.4 0 0z";
const VEIN = "M0 3V16M0 8l2.6-2.4M0 8l-2.6-2.4M0 12l2.4-2.3M0 12l-2.4-2.3";

export class TreePicture {
  #svg;
  #leaves;
  /** @type {Map<string, { x: number, y: number, element: SVGElement }>} */
  #hung = new Map();
  /** @type {import("./geometry.js").Point[]} */
  #places = [];
  #drawnKey = "";

  /** @param {SVGSVGElement} svg */
  constructor(svg) {
    this.#svg = svg;
    svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
    this.#leaves = make("g", "leaves");
  }

  /**
   * Draw the tree, unless it is unchanged in the same season.
   * @param {Uint8Array} seed
   * @param {import("./season.js").Season} season
   */
  drawTree(seed, season) {
    const stands = `${seed}/${season.name}/${season.part}`;
    if (this.#drawnKey === stands) return;
    this.#drawnKey = stands;
    const grown = grow(seed);
    this.#places = grown.places;
    const worn = paintSeason(grown, season, seededRandom(seed));
    const crown = make("g", "crown");
    const wood = [path(worn.wood, "wood"), path(worn.lit, "lit-wood"), path(worn.snow, "snow")];
    const blossom = path(worn.blossom, "blossom");
    const fallen = shades(worn.fallen, "leaf fallen");
    const [behind, before] = [shades(worn.behind, "leaf behind"), shades(worn.before, "leaf")];
    crown.append(...behind, ...wood, ...before, blossom, this.#leaves);
    const [end, top] = [hill(0) + 5, 2 * hill(WIDTH / 2) - hill(0) - 5];
    const middle = WIDTH / 2;
    const earth = `M0 ${end}Q${middle} ${top} ${WIDTH} ${end}Q${middle} ${end + 32} 0 ${end}z`;
    const svg = this.#svg;
    for (const name of ["spring", "summer", "autumn", "winter"])
      svg.classList.toggle(name, name === season.name);
    svg.replaceChildren(
      disc(200, 168, 158, "sky"),
      crown,
      path(earth, "earth"),
      path(worn.grass, "grass"),
      ...fallen,
    );
  }

  /**
   * Draw the leaves.
   * @param {Hung[]} leaves
   */
  drawLeaves(leaves) {
    const places = this.#places;
    const before = new Set(this.#hung.keys());
    this.#hung.clear();
    const groups = leaves.map(({ id, place, mine }) => {
      const at = places[place % places.length] ?? { x: WIDTH / 2, y: HEIGHT / 2 };
      // if there are more leaves than places, some share a twig
      const round = Math.floor(place / places.length);
      const [x, y] = [at.x + round * 5, at.y];
      const group = make("g", mine ? "hung own" : "hung");
      group.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
      const leaf = make("g", before.size && !before.has(id) ? "blade new" : "blade");
      const turn = ((place * 47) % 61) - 30;
      leaf.setAttribute("transform", `translate(0 ${HANGS}) rotate(${turn})`);
      const halo = disc(0, 10, 17, "halo");
      halo.setAttribute(
        "fill",
        `url(#${this.#svg.classList.contains("mine") ? "moon" : "leaf"}-halo)`,
      );
      leaf.append(halo, path(LEAF, "body"), path(VEIN, "vein"));
      const thread = path(`M0 0V${HANGS}`, "thread");
      group.append(thread, leaf);
      this.#hung.set(id, { x, y: y + HANGS + 9, element: group });
      return group;
    });
    this.#leaves.replaceChildren(...groups);
  }

  /**
   * Highlight one leaf.
   * @param {string} id "" for none
   */
  choose(id) {
    for (const [leafId, { element }] of this.#hung)
      element.classList.toggle("chosen", leafId === id);
  }

  /**
   * Return the leaf nearest to a tap, if one is near.
   * @param {MouseEvent} event
   * @returns {string} its id or ""
   */
  leafAt({ clientX, clientY }) {
    const { left, top, width } = this.#svg.getBoundingClientRect();
    const scale = WIDTH / width;
    const [x, y] = [(clientX - left) * scale, (clientY - top) * scale];
    const finger = Math.max(16, 24 * scale); // half of 48 px, or the leaf itself
    let best = { id: "", far: finger * finger };
    for (const [id, leaf] of this.#hung) {
      const far = (leaf.x - x) ** 2 + (leaf.y - y) ** 2;
      if (far < best.far) best = { id, far };
    }
    return best.id;
  }
}

/**
 * @param {string} name
 * @param {string} attributes
 * @returns {SVGElement}
 */
function make(name, attributes) {
  const element = document.createElementNS(SVG, name);
  element.setAttribute("class", attributes);
  return element;
}

/**
 * @param {string} d
 * @param {string} attributes
 */
function path(d, attributes) {
  const element = make("path", attributes);
  element.setAttribute("d", d);
  return element;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} r
 * @param {string} attributes
 */
function disc(x, y, r, attributes) {
  const element = make("circle", attributes);
  for (const [name, value] of Object.entries({ cx: x, cy: y, r }))
    element.setAttribute(name, String(value));
  return element;
}

/**
 * @param {string[]} paths from light to shadow, drawn from shadow to light
 * @param {string} attributes
 */
function shades(paths, attributes) {
  return paths.map((d, at) => path(d, `${attributes} shade-${at}`)).reverse();
}
