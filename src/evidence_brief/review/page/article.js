// The article: its passages, sentences and tables, with a mark on every figure.
// Places count characters as Python does; JavaScript counts some signs (𝜒) twice, so texts are lists of characters.
import { make } from "./dom.js";

let sources = [];
let passages = [];

// `marks` by source: [{ key, start, end, items }] in order, without overlap.
export function build(root, given, marks, language) {
  sources = given.map(source => ({ ...source, signs: Array.from(source.text) }));
  passages = [];
  root.replaceChildren();
  for (const source of sources) {
    const section = make("section", { "aria-label": source.cite, lang: language });
    section.append(make("h2", { lang: "en" }, source.cite));
    for (const block of source.blocks) {
      const passage = { source, block, element: null, signature: null };
      passages.push(passage);
      section.append(draw(passage, marks[source.name] || []));
    }
    root.append(section);
  }
}

// Draw again the passages whose marks have moved; the others keep their elements, and so the focus and the selection.
export function redraw(marks) {
  for (const passage of passages) {
    const old = passage.element;
    const all = marks[passage.source.name] || [];
    if (signature(passage.block, all) !== passage.signature) old.replaceWith(draw(passage, all));
  }
}

const within = (block, marks) => marks.filter(mark => mark.start >= block.start && mark.start < block.end);
const signature = (block, marks) => within(block, marks).map(mark => `${mark.start}-${mark.end}:${mark.key}`).join(" ");

function draw(passage, all) {
  const { source, block } = passage;
  const marks = within(block, all);
  passage.signature = signature(block, all);
  if (block.kind === "table") {
    const width = Math.max(...block.rows.map(cells => cells.length));
    const rows = block.rows.map(cells => make("tr", {}, cells.map(([start, end]) =>
      make("td", cells.length === 1 ? { colspan: width } : {}, pieces(source.signs, start, end, marks)))));
    const table = make("table", {}, make("tbody", {}, rows));
    passage.element = make("div", { class: "scroll", role: "region", "aria-label": "Table", tabindex: "0" }, table);
    return passage.element;
  }
  passage.element = make(block.kind === "heading" ? "h3" : "p");
  let position = block.start;
  for (const [, end] of block.sentences) {
    const across = marks.find(mark => mark.start < end && mark.end > end);
    const last = Math.max(position, across ? across.end : end);
    if (last > position) {
      passage.element.append(make("span", { class: "sentence" }, pieces(source.signs, position, last, marks)));
    }
    position = last;
  }
  return passage.element;
}

function pieces(signs, start, end, marks) {
  const parts = [];
  let position = start;
  const text = to => {
    if (to > position) parts.push(make("span", { "data-at": position }, signs.slice(position, to).join("")));
    position = Math.max(position, to);
  };
  for (const mark of marks) {
    if (mark.start < position || mark.end > end) continue;
    text(mark.start);
    const words = signs.slice(mark.start, mark.end).join("");
    const attributes = { class: "mark", role: "button", tabindex: "-1", "data-at": mark.start, "data-key": mark.key };
    parts.push(make("span", mark.plain ? { class: "excluded", "data-at": mark.start } : attributes, words));
    position = mark.end;
  }
  text(end);
  return parts;
}

export function marked(root, name) {
  return root.querySelector(`.mark[data-key="${CSS.escape(name)}"]`);
}

// The selected passage as { source, start, end }; null where nothing of the article is selected.
export function selected(root) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const parts = [...root.querySelectorAll("[data-at]")].filter(part => range.intersectsNode(part) && part.firstChild);
  const inside = parts.filter(part => {
    const words = document.createRange();
    words.selectNodeContents(part);
    return range.compareBoundaryPoints(Range.END_TO_START, words) < 0
      && range.compareBoundaryPoints(Range.START_TO_END, words) > 0;
  });
  if (!inside.length) return null;
  const first = inside[0], last = inside.at(-1);
  const section = part => [...root.children].indexOf(part.closest("section"));
  if (section(first) !== section(last)) return null;
  const at = Number(first.dataset.at) + counted(range.startContainer, range.startOffset, first, 0);
  const to = Number(last.dataset.at) + counted(range.endContainer, range.endOffset, last, Infinity);
  const source = sources[section(first)];
  const words = source.signs.slice(at, to).join("");
  const lead = Array.from(words.match(/^\s*/)[0]).length;
  const trail = Array.from(words.match(/\s*$/)[0]).length;
  return to - trail > at + lead ? { source: source.name, start: at + lead, end: to - trail } : null;
}

function counted(node, offset, part, otherwise) {
  if (node !== part.firstChild) return otherwise ? Array.from(part.textContent).length : 0;
  return Array.from(node.data.slice(0, offset)).length;
}

// Where a figure stands as printed, from a place on; round to the beginning. null where it stands nowhere.
export function find(words, from) {
  const wanted = words.trim().split(/\s+/).map(part => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+");
  if (!wanted) return null;
  const edge = "[\\p{L}\\p{N}]";
  const pattern = new RegExp(`(?<!${edge}|\\d[.,])${wanted}(?!${edge}|[.,]\\d)`, "gu");
  const found = sources.flatMap((source, number) => [...source.text.matchAll(pattern)].map(match => {
    const start = Array.from(source.text.slice(0, match.index)).length;
    return { number, source: source.name, start, end: start + Array.from(match[0]).length };
  }));
  const at = from ? sources.findIndex(source => source.name === from.source) : -1;
  return found.find(one => one.number > at || (one.number === at && one.start > from.start)) || found[0] || null;
}

export const words = (name, start, end) => {
  const source = sources.find(one => one.name === name);
  return source ? source.signs.slice(start, end).join("") : "";
};
