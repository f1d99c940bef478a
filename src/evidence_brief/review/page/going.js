// From figure to figure.
import { element, paint, panel, root, say } from "./paint.js";
import { FILTERS, isDraft, items, shown, state } from "./state.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");

export function goTo(name, { focus = true } = {}) {
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

export function bring(there) {
  const table = there.closest(".scroll");
  if (table) {
    const [cell, frame] = [there.getBoundingClientRect(), table.getBoundingClientRect()];
    if (cell.left < frame.left || cell.right > frame.right) table.scrollLeft += cell.left - frame.left - frame.width / 3;
  }
  const box = there.getBoundingClientRect();
  const above = document.querySelector(".top").getBoundingClientRect().bottom + 24;
  const sheet = getComputedStyle(panel).position === "fixed" ? panel.getBoundingClientRect().height : 0;
  const below = innerHeight - sheet;
  if (box.top >= above && box.bottom <= above + (below - above) * 0.72) return;
  const top = scrollY + box.top - above - (below - above) * 0.3;
  scrollTo({ top, behavior: calm.matches || Math.abs(top - scrollY) > 2000 ? "auto" : "smooth" });
}

export function go(by) {
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

export function nextDraft(by = 1) {
  const all = items();
  const here = all.findIndex(item => item.key === state.current);
  const turned = [...all.slice(here + 1), ...all.slice(0, Math.max(here, 0))];
  const next = (by > 0 ? turned : turned.reverse()).find(isDraft);
  if (next) return goTo(next.key);
  const left = all.filter(item => item.kind === "left").length;
  say(left ? `No drafts are left; ${left} numerals are in no claim (f shows them)` : "No drafts are left: the study is confirmed");
  paint();
}

export function filter(name) {
  state.filter = name;
  const list = shown();
  if (!list.some(item => item.key === state.current) && list.length) return goTo(list[0].key, { focus: false });
  if (!list.length) state.current = null;
  paint();
}

export function nextFilter() {
  const names = Object.keys(FILTERS);
  filter(names[(names.indexOf(state.filter) + 1) % names.length]);
  say(`${FILTERS[state.filter].word}: ${shown().length}`);
}

export function inSentence(item) {
  const place = element(item)?.closest(".sentence, tr");
  return place ? items().filter(other => element(other)?.closest(".sentence, tr") === place) : [item];
}
