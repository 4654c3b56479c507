/** Draws a QR code as SVG elements, because no markup may come from a string. */

import { generate } from "../../vendor/lean-qr.js";

const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4; // modules of margin (ISO/IEC 18004)

/**
 * Draw a text into an `<svg>`.
 * @param {SVGSVGElement | null} svg
 * @param {string} text
 */
export function drawQr(svg, text) {
  if (!svg) return;
  const code = generate(text);
  const size = code.size + 2 * QUIET;
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  let dark = "";
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) {
      if (code.get(x, y)) dark += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
    }
  }
  const ground = document.createElementNS(SVG, "rect");
  ground.setAttribute("width", String(size));
  ground.setAttribute("height", String(size));
  ground.setAttribute("fill", "#fff");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", dark);
  path.setAttribute("fill", "#000");
  svg.replaceChildren(ground, path);
}
