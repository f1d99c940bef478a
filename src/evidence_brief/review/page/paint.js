// Everything that is seen is drawn from the state: marks, progress, filters, problems, and the claim beside them.
import * as article from "./article.js";
import * as card from "./card.js";
import { acts } from "./acts.js";
import { byId, make } from "./dom.js";
import { FILTERS, current, isDraft, items, named, problemsOf, state, verdict } from "./state.js";

export const root = byId("article");
export const panel = byId("card");

export const element = item => {
  const mark = markOf(item.key);
  return mark ? article.marked(root, mark.key) : null;
};

export function marks() {
  const found = {};
  for (const item of items()) if (item.source) (found[item.source] ??= []).push({ ...item, items: [item.key] });
  for (const one of state.study.exclusions) {
    if (one.span) (found[one.span.source] ??= []).push({ key: "", plain: true, start: one.span.quote[0], end: one.span.quote[1], items: [] });
  }
  for (const name of Object.keys(found)) {
    const order = found[name].sort((a, b) => a.start - b.start || Boolean(a.plain) - Boolean(b.plain) || b.end - a.end);
    const kept = [];
    for (const mark of order) {
      const last = kept.at(-1);
      if (!last || mark.start >= last.end) kept.push(mark);
      else if (last.plain && !mark.plain) kept.splice(-1, 1, mark); // a figure within an exclusion is a figure
      else last.items.push(...mark.items);
    }
    found[name] = kept;
  }
  return found;
}

let shownMarks = {};
const markOf = name => Object.values(shownMarks).flat().find(mark => mark.items.includes(name));

export function paint({ whole = false } = {}) {
  shownMarks = marks();
  const inside = root.contains(document.activeElement);
  if (whole) article.build(root, state.study.sources, shownMarks, state.study.language);
  else article.redraw(shownMarks);
  const all = new Map(items().map(item => [item.key, item]));
  const here = current();
  const linked = new Set(here?.kind === "claim" ? named(here.claim.fields) : []);
  const test = FILTERS[state.filter].test;
  for (const mark of Object.values(shownMarks).flat()) {
    const element = mark.plain ? null : article.marked(root, mark.key);
    if (element) dress(element, mark.items.map(name => all.get(name)), here, linked, test);
  }
  if (inside && here && !root.contains(document.activeElement)) element(here)?.focus({ preventScroll: true });
  sentence(here);
  head();
  alerts();
  if (!state.form && !state.pick) side();
}

export function dress(element, those, here, linked, test) {
  const mine = those.find(item => item.key === here?.key) || those.find(isDraft) || those[0];
  const name = mine.kind === "left" ? "left" : verdict(mine);
  const isHere = mine.key === here?.key;
  const classes = ["mark", name];
  const has = (word, yes) => yes && classes.push(word);
  has("draft", those.some(isDraft));
  has("wrong", problemsOf(mine.key).length);
  has("current", isHere);
  has("linked", !isHere && those.some(item => linked.has(item.key)));
  has("aside", !isHere && (state.pick ? !those.some(item => state.pick.from.includes(item.key)) : !those.some(test) && mine.kind !== "left"));
  has("origin", !isHere && state.pick && those.some(item => item.key === state.pick.item.key));
  has("picked", state.pick && those.some(item => state.pick.picked.includes(item.key)));
  element.className = classes.join(" ");
  // In running text the dash of what is not checked would read as a minus.
  const sign = mine.kind === "left" || name === "unchecked" ? "" : state.study.form.verdicts[name].sign;
  element.dataset.sign = sign + (those.length > 1 ? `+${those.length - 1}` : "");
  element.tabIndex = isHere ? 0 : -1;
  element.setAttribute("aria-label", spoken(element, mine, those));
  if (isHere) element.setAttribute("aria-current", "true");
  else element.removeAttribute("aria-current");
}

export function spoken(element, item, those) {
  if (item.kind === "left") return `${element.textContent}: in no claim`;
  const label = state.verdicts.claims[item.key]?.label || item.key;
  const status = isDraft(item) ? "draft" : "confirmed";
  const wrong = problemsOf(item.key).length ? ", has an error" : "";
  const more = those.length > 1 ? `, and ${those.length - 1} more claims` : "";
  const picked = state.pick?.picked.includes(item.key) ? ", picked" : "";
  return `${element.textContent}: ${label}, ${status}, ${state.study.form.verdicts[verdict(item)].word}${wrong}${more}${picked}`;
}

export function sentence(item) {
  for (const old of root.querySelectorAll(".here")) old.classList.remove("here");
  if (item) element(item)?.closest(".sentence, tr")?.classList.add("here");
}

export function head() {
  const claims = items().filter(item => item.kind === "claim");
  const done = claims.filter(item => !isDraft(item)).length;
  byId("count").replaceChildren(make("b", {}, `${done} of ${claims.length}`), " confirmed");
  byId("bar").max = claims.length || 1;
  byId("bar").value = done;
  byId("undo").disabled = !state.study.undo;
  byId("undo").title = state.study.undo ? `Undo: ${state.study.undo}` : "Nothing to undo";
  const buttons = Object.entries(FILTERS).map(([name, { word, test }]) => {
    const count = items().filter(test).length;
    return make("button", { type: "button", class: name, "data-filter": name, "aria-pressed": String(state.filter === name),
      onclick: () => acts.filter(name) }, `${word} ${count}`);
  });
  const box = byId("filters");
  const focused = box.contains(document.activeElement) ? document.activeElement.dataset.filter : null;
  box.replaceChildren(...buttons);
  if (focused) box.querySelector(`[data-filter="${focused}"]`).focus();
}

export function alerts() {
  const known = new Set(items().map(item => item.key));
  const own = state.study.problems.filter(problem => !known.has(problem.claim));
  const others = [...new Set(state.study.problems.map(problem => problem.claim).filter(name => known.has(name)))];
  const parts = [];
  if (state.outside) {
    parts.push(make("div", { class: "alert", role: "alert" }, make("p", {}, "study.yml was changed outside of this page. Nothing is written over it."),
      make("button", { type: "button", onclick: () => acts.open() }, "Load what is there now")));
  }
  if (own.length || others.length) {
    const lead = state.study.sources.length || state.study.claims.length
      ? "The study file cannot be checked yet, so there are no verdicts:"
      : "The study file cannot be read. Mend it in an editor; this page then shows it:";
    parts.push(make("div", { class: "alert bad", role: "alert" }, make("p", {}, lead), own.map(card.problemBox),
      others.length ? make("ul", {}, others.map(name => make("li", {}, make("button", { type: "button", class: "as-link", onclick: () => acts.goTo(name) }, name),
        `: ${problemsOf(name)[0].message}`))) : null));
  }
  if (state.verdicts.failed) parts.push(make("div", { class: "alert bad", role: "alert" }, make("p", {}, state.verdicts.failed)));
  const general = state.verdicts.findings.filter(finding => !finding.claims.length && finding.code !== "source.uncovered");
  if (general.length) parts.push(make("div", { class: "alert" }, general.map(finding => make("p", {}, finding.sentence))));
  const box = byId("alerts");
  const said = parts.map(part => part.textContent).join("\n");
  if (box.dataset.said !== said) { // a reader is not told the same thing twice
    box.dataset.said = said;
    box.replaceChildren(...parts);
  }
}

export function side() {
  panel.classList.remove("open");
  const item = current();
  if (item) card.show(panel, item, acts);
  else card.nothing(panel, acts.go, state.study.sources.length ? "No figure is shown here. Choose another filter, or select a figure in the text and press n." : "");
}

export function say(words, wrong = false) {
  byId("said").textContent = words;
  byId("said").classList.toggle("wrong", wrong);
}

// The claims of the printed figure that a mark stands for.
export const claimsAt = key => Object.values(shownMarks).flat().find(mark => mark.key === key).items;
