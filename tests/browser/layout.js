/**
 * Finds what does not fit on the current page: a page wider than its window, words broken between
 * two letters, text that is cut off or overflows its box, and targets too small for a thumb.
 *
 * @param {number} touch the least height and width of a target, in CSS px
 * @returns {string[]} one line for each problem, with the beginning of the element
 */
(touch) => {
  const TEXT = "h1, h2, h3, button, summary, legend, label, dt, .button, .who, a[href]";
  const TARGETS = "a[href], button, summary, select, textarea, input, label.button, label.chip";
  const WORD = /[^\s\-–—]+/g;
  const ADDRESS = /\w[.@/]\w/; // of a site or a mailbox: it breaks wherever the line ends
  const ROUNDING = 1; // px by which a browser rounds boxes
  /** @param {Element} one */
  const seen = (one) => {
    const { width, height } = one.getBoundingClientRect();
    const shown = one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    return shown && width > 1 && height > 1 && !one.closest(".away, .away-file");
  };
  /** @param {Element} one @param {string} what */
  const line = (one, what) => `${what}: ${one.outerHTML.replace(/\s+/g, " ").slice(0, 120)}`;
  /** @param {Element} one @returns {Text[]} */
  const textsIn = (one) => {
    const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let next = walker.nextNode(); next; next = walker.nextNode()) {
      const text = /** @type {Text} */ (next);
      if (text.parentElement && seen(text.parentElement)) found.push(text);
    }
    return found;
  };
  /** @param {Text} text @returns {{ word: string, rects: DOMRect[] }[]} */
  const wordsOf = (text) =>
    [...text.data.matchAll(WORD)]
      .filter(([word]) => !ADDRESS.test(word))
      .map((match) => {
        const range = document.createRange();
        range.setStart(text, match.index);
        range.setEnd(text, match.index + match[0].length);
        return { word: match[0], rects: [...range.getClientRects()] };
      });
  /** A box that cuts off what is inside. @param {Element} one @returns {Element | null} */
  const cutter = (one) => {
    for (let box = /** @type {Element | null} */ (one); box; box = box.parentElement) {
      if (getComputedStyle(box).overflowX !== "visible") return box;
    }
    return null;
  };
  /** A link among words is as high as its line (WCAG 2.2, 2.5.8). @param {Element} one */
  const inSentence = (one) =>
    getComputedStyle(one).display === "inline" &&
    /\p{L}/u.test((one.parentElement?.textContent ?? "").replace(one.textContent ?? "", ""));
  const wrong = new Set();
  const { clientWidth } = document.documentElement;

  for (const one of document.querySelectorAll(TEXT)) {
    if (!seen(one)) continue;
    const box = one.getBoundingClientRect();
    const inline = getComputedStyle(one).display === "inline";
    const window_ = { left: 0, right: clientWidth, top: -Infinity, bottom: Infinity };
    const limits = [window_, ...(inline ? [] : [box])];
    const cut = cutter(one);
    if (cut && cut !== document.documentElement) limits.push(cut.getBoundingClientRect());
    for (const { word, rects } of textsIn(one).flatMap(wordsOf)) {
      if (rects.some((rect) => Math.abs(rect.top - (rects[0]?.top ?? 0)) > rect.height / 2)) {
        wrong.add(line(one, `"${word}" is broken`));
      }
      const outside = (/** @type {DOMRect} */ rect) =>
        limits.some(
          (limit) =>
            rect.left < limit.left - ROUNDING ||
            rect.right > limit.right + ROUNDING ||
            (limit !== window_ && (rect.top + rect.bottom) / 2 < limit.top - ROUNDING) ||
            (rect.top + rect.bottom) / 2 > limit.bottom + ROUNDING,
        );
      if (rects.some(outside)) wrong.add(line(one, `"${word}" is cut off or sticks out`));
    }
  }

  for (const one of document.querySelectorAll(TARGETS)) {
    if (!seen(one) || inSentence(one)) continue;
    const label = one instanceof HTMLInputElement ? one.labels?.[0] : null; // touched as well
    const boxes = [one, ...(label ? [label] : [])].map((target) => target.getBoundingClientRect());
    if (!boxes.some(({ width, height }) => Math.min(width, height) >= touch - ROUNDING)) {
      const { width, height } = one.getBoundingClientRect();
      wrong.add(line(one, `${Math.round(width)} × ${Math.round(height)} px is small`));
    }
  }

  for (const one of document.querySelectorAll("body *")) {
    const { left, right } = one.getBoundingClientRect();
    if (document.documentElement.scrollWidth <= clientWidth) break;
    if (right > clientWidth + ROUNDING || left < -ROUNDING) wrong.add(line(one, "too wide"));
  }
  return [...wrong];
};
