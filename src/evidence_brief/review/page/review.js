// The review: goes from figure to figure, and sends each step to the server, one after the other.
import { Failed, get, post } from "./api.js";
import * as article from "./article.js";
import * as card from "./card.js";
import { byId, make } from "./dom.js";
import * as form from "./form.js";
import * as groups from "./groups.js";
import { FILTERS, current, isDraft, items, named, problemsOf, shown, state, verdict } from "./state.js";
import { listen } from "./keys.js";

const root = byId("article");
const panel = byId("card");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let queue = Promise.resolve();
let waiting = []; // accepted figures that are not sent yet
const gone = new Set(); // rejected figures that are not written yet
let judging = null;

// ——— showing

function marks() {
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

function paint({ whole = false } = {}) {
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

function dress(element, those, here, linked, test) {
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

function spoken(element, item, those) {
  if (item.kind === "left") return `${element.textContent}: in no claim`;
  const label = state.verdicts.claims[item.key]?.label || item.key;
  const status = isDraft(item) ? "draft" : "confirmed";
  const wrong = problemsOf(item.key).length ? ", has an error" : "";
  const more = those.length > 1 ? `, and ${those.length - 1} more claims` : "";
  const picked = state.pick?.picked.includes(item.key) ? ", picked" : "";
  return `${element.textContent}: ${label}, ${status}, ${state.study.form.verdicts[verdict(item)].word}${wrong}${more}${picked}`;
}

function sentence(item) {
  for (const old of root.querySelectorAll(".here")) old.classList.remove("here");
  if (item) element(item)?.closest(".sentence, tr")?.classList.add("here");
}

function head() {
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
      onclick: () => filter(name) }, `${word} ${count}`);
  });
  const box = byId("filters");
  const focused = box.contains(document.activeElement) ? document.activeElement.dataset.filter : null;
  box.replaceChildren(...buttons);
  if (focused) box.querySelector(`[data-filter="${focused}"]`).focus();
}

function alerts() {
  const known = new Set(items().map(item => item.key));
  const own = state.study.problems.filter(problem => !known.has(problem.claim));
  const others = [...new Set(state.study.problems.map(problem => problem.claim).filter(name => known.has(name)))];
  const parts = [];
  if (outside) {
    parts.push(make("div", { class: "alert", role: "alert" }, make("p", {}, "study.yml was changed outside of this page. Nothing is written over it."),
      make("button", { type: "button", onclick: () => open() }, "Load what is there now")));
  }
  if (own.length || others.length) {
    const lead = state.study.sources.length || state.study.claims.length
      ? "The study file cannot be checked yet, so there are no verdicts:"
      : "The study file cannot be read. Mend it in an editor; this page then shows it:";
    parts.push(make("div", { class: "alert bad", role: "alert" }, make("p", {}, lead), own.map(card.problemBox),
      others.length ? make("ul", {}, others.map(name => make("li", {}, make("button", { type: "button", class: "as-link", onclick: () => goTo(name) }, name),
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

const acts = {
  go, goTo, add, nextDraft: () => nextDraft(), accept, acceptSentence, edit, reject: askReason, link, merge, pick, leave,
  takePick, savePick, togglePick, inSentence,
};

function side() {
  panel.classList.remove("open");
  const item = current();
  if (item) card.show(panel, item, acts);
  else card.nothing(panel, go, state.study.sources.length ? "No figure is shown here. Choose another filter, or select a figure in the text and press n." : "");
}

function say(words, wrong = false) {
  byId("said").textContent = words;
  byId("said").classList.toggle("wrong", wrong);
}

// ——— going

const element = item => {
  const mark = markOf(item.key);
  return mark ? article.marked(root, mark.key) : null;
};

function goTo(name, { focus = true } = {}) {
  const item = items().find(one => one.key === name);
  if (!item) return;
  state.current = name;
  if (!FILTERS[state.filter].test(item) && !state.pick) state.filter = item.kind === "left" ? "left" : "all";
  history.replaceState(null, "", `#${encodeURIComponent(name)}`);
  paint();
  const there = element(item);
  if (focus) (there || panel).focus({ preventScroll: true });
  if (there) bring(there);
}

function bring(there) {
  const box = there.getBoundingClientRect();
  const above = document.querySelector(".top").getBoundingClientRect().bottom + 24;
  const sheet = getComputedStyle(panel).position === "fixed" ? panel.getBoundingClientRect().height : 0;
  const below = innerHeight - sheet;
  if (box.top >= above && box.bottom <= above + (below - above) * 0.72) return;
  const top = scrollY + box.top - above - (below - above) * 0.3;
  scrollTo({ top, behavior: calm.matches || Math.abs(top - scrollY) > 2000 ? "auto" : "smooth" });
}

function go(by) {
  const list = state.pick ? items().filter(item => state.pick.from.includes(item.key)) : shown();
  if (!list.length) return say("Nothing is shown here");
  const order = items().map(item => item.key);
  const here = order.indexOf(state.current);
  const at = list.findIndex(item => item.key === state.current);
  let next = at >= 0 ? at + by : list.findIndex(item => order.indexOf(item.key) > here) + (by < 0 ? -1 : 0);
  if (at < 0 && next < 0) next = by < 0 ? list.length - 1 : 0;
  if (next < 0 || next >= list.length) return say(by > 0 ? "This is the last one" : "This is the first one");
  goTo(list[next].key);
}

function nextDraft(by = 1) {
  const all = items();
  const here = all.findIndex(item => item.key === state.current);
  const turned = [...all.slice(here + 1), ...all.slice(0, Math.max(here, 0))];
  const next = (by > 0 ? turned : turned.reverse()).find(isDraft);
  if (next) return goTo(next.key);
  const left = all.filter(item => item.kind === "left").length;
  say(left ? `No drafts are left; ${left} numerals are in no claim (f shows them)` : "No drafts are left: the study is confirmed");
  paint();
}

function filter(name) {
  state.filter = name;
  const list = shown();
  if (!list.some(item => item.key === state.current) && list.length) return goTo(list[0].key, { focus: false });
  if (!list.length) state.current = null;
  paint();
}

function nextFilter() {
  const names = Object.keys(FILTERS);
  filter(names[(names.indexOf(state.filter) + 1) % names.length]);
  say(`${FILTERS[state.filter].word}: ${shown().length}`);
}

function inSentence(item) {
  const place = element(item)?.closest(".sentence, tr");
  return place ? items().filter(other => element(other)?.closest(".sentence, tr") === place) : [item];
}

// ——— steps: each is sent when the one before it has been written

function step(wish, anyway = false) {
  return send("step", () => ({ version: state.study.version, wish, anyway }));
}

function send(name, body) {
  const work = queue.then(async () => {
    if (outside) throw new Failed(409, { said: "study.yml was changed outside of this page: load what is there now" });
    take(await post(name, body()));
  });
  queue = work.catch(() => {});
  return work;
}

function take(answer) {
  const { said, ...rest } = answer;
  Object.assign(state.study, rest);
  for (const claim of state.study.claims) if (waiting.includes(claim.id)) claim.fields.status = "confirmed";
  leaveOut();
  if (said) say(`${said[0].toUpperCase()}${said.slice(1)}`);
  if (!items().some(item => item.key === state.current)) state.current = null;
  paint();
  judge();
}

async function failed(error) {
  if (!(error instanceof Failed)) throw error;
  say(error.message, true);
  if (error.status === 409) {
    waiting = [];
    outside = true;
    alerts();
  } else if (error.status === 422 && error.problems.length) {
    say(`${error.message}: ${error.problems[0].message}`, true);
  }
}

function judge() {
  clearTimeout(judging);
  judging = setTimeout(async () => {
    const told = await get("verdicts").catch(() => null);
    if (!told || told.version !== state.study.version) return;
    state.verdicts = told;
    paint();
  }, 150);
}

async function accept() {
  const item = current();
  if (!item) return;
  if (item.kind === "left") return add();
  if (!isDraft(item)) return nextDraft();
  acceptAll([item]);
}

function acceptSentence() {
  const item = current();
  if (item) acceptAll(inSentence(item).filter(isDraft));
}

function acceptAll(those) {
  const wrong = those.find(item => problemsOf(item.key).length);
  if (wrong) return say(`${wrong.key} has an error: edit it first`, true);
  if (!those.length) return nextDraft();
  for (const item of those) item.claim.fields.status = "confirmed"; // shown at once; written as soon as it can be
  const first = !waiting.length;
  waiting.push(...those.map(item => item.key));
  nextDraft();
  if (!first) return;
  send("step", () => {
    const claims = waiting;
    waiting = [];
    return { version: state.study.version, wish: { do: "accept", claims }, anyway: false };
  }).catch(error => failed(error).then(() => error.status === 409 || open({ keep: true })));
}

function askReason() {
  const item = current();
  if (!item) return;
  const what = item.kind === "left" ? item.left.text : card.text(item.claim.fields.value);
  byId("reject-what").textContent = `${what}${item.kind === "claim" ? `, ${card.kindName(item.claim.fields.type)}` : ""}`;
  byId("reasons").replaceChildren(...state.study.form.reasons.map((reason, number) =>
    make("li", {}, make("button", { value: reason }, make("kbd", {}, String(number + 1)), reason))));
  byId("reason").value = "";
  const dialog = byId("reject");
  dialog.showModal();
  dialog.querySelector("li button").focus();
}

async function reject(reason) {
  const item = current();
  const list = items();
  const after = list.slice(list.findIndex(one => one.key === item.key) + 1).map(one => one.key);
  const wish = item.kind === "left"
    ? { do: "exclude", source: item.source, start: item.start, end: item.end, reason }
    : { do: "reject", claim: item.key, reason };
  gone.add(item.key); // it goes at once, so that a quick second key is not meant for it
  leaveOut();
  const wanted = state.filter === "all" ? isDraft : FILTERS[state.filter].test;
  const next = items().filter(wanted).find(one => after.includes(one.key)) || shown().find(wanted);
  state.current = null;
  if (next) goTo(next.key);
  else if (state.filter === "all") nextDraft();
  else paint();
  try {
    await step(wish);
    gone.delete(item.key);
  } catch (error) {
    gone.delete(item.key);
    await failed(error);
    if (error.status !== 409) await open({ keep: true });
  }
}

function leaveOut() {
  state.study.claims = state.study.claims.filter(claim => !gone.has(claim.id));
  state.study.left = state.study.left.filter(one => !gone.has(`:${one.source}:${one.span[0]}`));
}

// ——— the form

function openForm(title, fields, adds, error = null) {
  state.form = { title, fields, adds };
  form.draw(panel, title, fields, {
    adds, leave,
    save: (changed, group, anyway, whole) => save(changed, group, anyway, whole),
    takeSelection: kept => takeSelection(kept),
  }, error);
}

function edit() {
  const item = current();
  if (item?.kind !== "claim") return;
  openForm(`Edit ${card.text(item.claim.fields.value)}`, item.claim.fields, false);
}

async function save(changed, group, anyway, whole) {
  const { adds, fields, title } = state.form;
  const name = fields.id;
  try {
    if (group && !(group.name in state.study.groups)) await step({ do: "group", ...group });
    if (adds) await step({ do: "add", fields: filled(whole) }, anyway);
    else await step({ do: "edit", claim: name, fields: changed }, anyway);
    close();
    goTo(adds ? whole.id : changed.id || name);
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    if (error.status === 409) return failed(error);
    openForm(title, { ...whole }, adds, error);
    if (!adds) state.form.fields = { ...fields };
  }
}

const filled = fields => Object.fromEntries(Object.entries(fields).filter(([name, value]) =>
  name !== "status" && value !== null && value !== undefined && value !== false && !(Array.isArray(value) && !value.length)));

async function takeSelection(kept) {
  const place = article.selected(root);
  if (!place) return say("Select the printed figure in the text first", true);
  try {
    const { id, type, ...found } = await post("suggest", place);
    const { adds, title, fields } = state.form;
    openForm(title, { ...kept, occurrence: null, ...found }, adds);
    state.form.fields = fields;
  } catch (error) {
    await failed(error);
  }
}

async function add() {
  const item = current();
  const place = article.selected(root) || (item?.kind === "left" ? item : null);
  if (!place) {
    byId("figure").value = "";
    byId("find-said").textContent = "";
    return byId("find").showModal();
  }
  await suggest(place);
}

async function suggest({ source, start, end }) {
  try {
    const found = await post("suggest", { source, start, end });
    getSelection().removeAllRanges();
    byId("add-here").hidden = true;
    openForm(`Add ${found.value}`, found, true);
  } catch (error) {
    await failed(error);
  }
}

function close() {
  state.form = null;
  state.pick = null;
}

function leave() {
  const back = state.pick?.item.key ?? state.current;
  close();
  if (back) goTo(back);
  else paint();
}

// ——— links and merging: other figures are picked in the text

function link() {
  const item = current();
  if (item?.kind !== "claim") return;
  state.pick = { field: null, item, from: [], picked: [], single: true };
  card.chooseRelation(panel, item, acts);
}

function merge() {
  const item = current();
  if (item?.kind !== "claim") return;
  const near = inSentence(item).filter(other => other.kind === "claim" && other.key !== item.key);
  if (!near.length) return say("No other claim stands in this sentence", true);
  begin({ field: "merge", item, single: true, picked: [], from: near.map(other => other.key) });
}

function pick(field) {
  const { item } = state.pick;
  const { single } = card.relationsOf(item.claim.fields.type).find(one => one.name === field);
  const kinds = state.study.form.targets[item.claim.fields.type][field];
  const from = items().filter(other => other.kind === "claim" && other.key !== item.key && kinds.includes(other.claim.fields.type));
  if (!from.length) return say(`No figure of this study can be named by ${field}`, true);
  const picked = [item.claim.fields[field] ?? []].flat();
  begin({ field, item, single, picked, from: from.map(other => other.key) });
}

function begin(picking) {
  state.pick = picking;
  const order = items().map(item => item.key);
  const here = order.indexOf(picking.item.key);
  // The figures that belong together mostly stand shortly before.
  const before = picking.from.filter(name => order.indexOf(name) < here).at(picking.field === "compares" ? -2 : -1);
  goTo(picking.picked[0] ?? before ?? picking.from[0]);
  card.picking(panel, acts);
}

function move(by) {
  go(by);
  card.picking(panel, acts);
}

function togglePick() {
  const { picked, single } = state.pick;
  if (single) return takePick();
  const at = picked.indexOf(state.current);
  if (at >= 0) picked.splice(at, 1);
  else picked.push(state.current);
  say(`${at >= 0 ? "Taken out" : "Picked"}; ${picked.length} picked`);
  paint();
  card.picking(panel, acts);
}

async function takePick() {
  const { field, item } = state.pick;
  const wish = field === "merge"
    ? { do: "merge", claim: item.key, other: state.current }
    : { do: "edit", claim: item.key, fields: { [field]: state.current } };
  await picked(wish, item.key);
}

async function savePick() {
  const { field, item, picked: names } = state.pick;
  const order = items().map(one => one.key);
  const sorted = field === "parts" ? [...names].sort((a, b) => order.indexOf(a) - order.indexOf(b)) : names;
  await picked({ do: "edit", claim: item.key, fields: { [field]: sorted.length ? sorted : null } }, item.key);
}

async function picked(wish, name) {
  try {
    await step(wish);
    close();
    goTo(name);
  } catch (error) {
    await failed(error);
  }
}

// ——— the groups

function showGroups() {
  if (state.form || state.pick) return say("Save the form, or leave it with Esc, first");
  groups.show();
}

byId("groups").querySelector("form").addEventListener("submit", async event => {
  event.preventDefault();
  try {
    for (const wish of groups.wishes()) await step(wish);
    byId("groups").close();
  } catch (error) {
    await failed(error);
    byId("group-said").textContent = byId("said").textContent;
  }
});
byId("groups-leave").addEventListener("click", () => byId("groups").close());
byId("groups-open").addEventListener("click", showGroups);

// ——— undo, and what happens elsewhere

async function undo(name) {
  const before = new Map(state.study.claims.map(claim => [claim.id, JSON.stringify(claim.fields)]));
  try {
    await send(name, () => ({ version: state.study.version }));
    const changed = state.study.claims.find(claim => before.get(claim.id) !== JSON.stringify(claim.fields));
    if (changed) goTo(changed.id);
    else paint();
  } catch (error) {
    await failed(error);
  }
}

let outside = false;
async function look() {
  if (document.hidden || outside || !state.study) return;
  const idle = queue;
  const told = await get("version").catch(error => (error.status === 0 ? say(error.message, true) : null));
  if (!told || idle !== queue || waiting.length || told.version === state.study.version) return;
  if (!state.study.sources.length) return open();
  outside = true;
  alerts();
}

async function open({ keep = false } = {}) {
  try {
    const study = await get("open");
    outside = false;
    waiting = [];
    close();
    state.study = study;
    document.title = `${study.title} – review`;
    byId("title").textContent = study.title;
    const wanted = keep ? state.current : decodeURIComponent(location.hash.slice(1));
    const list = items();
    state.current = (list.find(item => item.key === wanted) || list.find(isDraft) || list[0])?.key ?? null;
    paint({ whole: true });
    if (state.current) goTo(state.current);
    judge();
  } catch (error) {
    await failed(error);
  }
}

// ——— mouse and touch

root.addEventListener("click", event => {
  const mark = event.target.closest(".mark");
  if (!mark || !getSelection().isCollapsed) return;
  const all = Object.values(shownMarks).flat().find(one => one.key === mark.dataset.key).items;
  const name = all[(all.indexOf(state.current) + 1) % all.length]; // the claims of one printed figure, in turn
  if (state.pick) {
    if (!state.pick.from.includes(name)) return;
    goTo(name);
    return togglePick();
  }
  if (state.form) return say("Save the form, or leave it with Esc, first");
  goTo(name);
});

document.addEventListener("selectionchange", () => {
  const hint = byId("add-here");
  const place = state.study && !state.pick ? article.selected(root) : null;
  hint.hidden = !place || Boolean(state.form);
  if (hint.hidden) return;
  const box = getSelection().getRangeAt(0).getBoundingClientRect();
  hint.style.top = `${scrollY + box.bottom + 8}px`;
  hint.style.left = `${Math.max(8, Math.min(scrollX + box.left, innerWidth - 190))}px`;
});
byId("add-here").addEventListener("mousedown", event => event.preventDefault()); // keeps the selection
byId("add-here").addEventListener("click", add);
byId("undo").addEventListener("click", () => undo("undo"));
byId("help-open").addEventListener("click", () => byId("help").showModal());

function rejected(reason) {
  if (!reason) return;
  byId("reject").close();
  reject(reason);
}
byId("reject").querySelector("form").addEventListener("submit", event => {
  event.preventDefault();
  rejected(event.submitter.value === "own" ? byId("reason").value.trim() : event.submitter.value);
});
byId("reason").addEventListener("keydown", event => { // else the first of the reasons would be taken
  if (event.key !== "Enter") return;
  event.preventDefault();
  rejected(event.target.value.trim());
});
byId("find").querySelector("form").addEventListener("submit", event => {
  event.preventDefault();
  const found = article.find(byId("figure").value, current());
  if (!found) {
    byId("find-said").textContent = "This does not stand in the article as a figure of its own.";
    return;
  }
  byId("find").close();
  suggest(found);
});

listen({
  ...acts, nextDraft, undo, nextFilter, askReason, move, showGroups,
  help: () => byId("help").showModal(), relations: card.relationsOf,
});
setInterval(look, 2000);
window.addEventListener("focus", look);
open();
