"use strict";

// A configuration that is pointed at, or walked to, stands out from the others in every figure.
const series = [...document.querySelectorAll("[data-series]")];
function single(chosen) {
  for (const one of document.querySelectorAll("g.series")) {
    one.classList.toggle("dim", chosen !== null && one.dataset.series !== chosen);
  }
}
for (const one of series) {
  for (const begin of ["pointerenter", "focus"]) one.addEventListener(begin, () => single(one.dataset.series));
  for (const end of ["pointerleave", "blur"]) one.addEventListener(end, () => single(null));
}

// In a graph, what is pointed at is lit with its neighbours, and what is known of it is shown. The arrow keys go to the
// nearest node in their direction.
for (const graph of document.querySelectorAll(".graph")) {
  const drawing = graph.querySelector("svg");
  const nodes = [...graph.querySelectorAll("[data-node]")];
  const edges = [...graph.querySelectorAll("[data-from]")];
  const details = [...graph.querySelectorAll("[data-detail]")];
  const hint = graph.querySelector(".hint");

  function light(node) {
    const id = node && node.dataset.node;
    const near = new Set();
    for (const edge of edges) {
      const isNear = node !== null && (edge.dataset.from === id || edge.dataset.to === id);
      edge.classList.toggle("near", isNear);
      if (isNear) near.add(edge.dataset.from).add(edge.dataset.to);
    }
    for (const one of nodes) {
      one.classList.toggle("near", near.has(one.dataset.node));
      one.classList.toggle("chosen", one === node);
    }
    drawing.classList.toggle("lit", node !== null);
    for (const detail of details) detail.hidden = detail.dataset.detail !== id;
    hint.hidden = node !== null;
  }

  function center(node) {
    const box = node.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  }

  function neighbour(node, dx, dy) {
    const [x, y] = center(node);
    let best = null, least = Infinity;
    for (const other of nodes) {
      const [u, v] = center(other);
      const along = (u - x) * dx + (v - y) * dy, aside = Math.abs((u - x) * dy) + Math.abs((v - y) * dx);
      if (along > 4 && along + 2 * aside < least) [best, least] = [other, along + 2 * aside];
    }
    return best;
  }

  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  for (const node of nodes) {
    node.addEventListener("pointerenter", () => light(node));
    node.addEventListener("pointerleave", () => light(nodes.find((one) => one === document.activeElement) || null));
    node.addEventListener("focus", () => light(node));
    node.addEventListener("blur", () => light(null));
    node.addEventListener("keydown", (event) => {
      if (event.key === "Escape") return node.blur();
      const next = arrows[event.key] && neighbour(node, ...arrows[event.key]);
      if (!arrows[event.key]) return;
      event.preventDefault();
      if (!next) return;
      node.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });
  }
}
