// Links and merging: other figures are picked in the text.
import { acts } from "./acts.js";
import * as card from "./card.js";
import { close } from "./editing.js";
import { go, goTo, inSentence } from "./going.js";
import { paint, panel, say } from "./paint.js";
import { current, items, state } from "./state.js";
import { failed, step } from "./steps.js";

export function link() {
  const item = current();
  if (item?.kind !== "claim") return;
  state.pick = { field: null, item, from: [], picked: [], single: true };
  card.chooseRelation(panel, item, acts);
}

export function merge() {
  const item = current();
  if (item?.kind !== "claim") return;
  const near = inSentence(item).filter(other => other.kind === "claim" && other.key !== item.key);
  if (!near.length) return say("No other claim stands in this sentence", true);
  begin({ field: "merge", item, single: true, picked: [], from: near.map(other => other.key) });
}

export function pick(field) {
  const { item } = state.pick;
  const { single } = card.relationsOf(item.claim.fields.type).find(one => one.name === field);
  const kinds = state.study.form.targets[item.claim.fields.type][field];
  const from = items().filter(other => other.kind === "claim" && other.key !== item.key && kinds.includes(other.claim.fields.type));
  if (!from.length) return say(`No figure of this study can be named by ${field}`, true);
  const picked = [item.claim.fields[field] ?? []].flat();
  begin({ field, item, single, picked, from: from.map(other => other.key) });
}

export function begin(picking) {
  state.pick = picking;
  const order = items().map(item => item.key);
  const here = order.indexOf(picking.item.key);
  // The figures that belong together mostly stand shortly before.
  const before = picking.from.filter(name => order.indexOf(name) < here).at(picking.field === "compares" ? -2 : -1);
  goTo(picking.picked[0] ?? before ?? picking.from[0]);
  card.picking(panel, acts);
}

export function move(by) {
  go(by);
  card.picking(panel, acts);
}

export function togglePick() {
  const { picked, single } = state.pick;
  if (single) return takePick();
  const at = picked.indexOf(state.current);
  if (at >= 0) picked.splice(at, 1);
  else picked.push(state.current);
  say(`${at >= 0 ? "Taken out" : "Picked"}; ${picked.length} picked`);
  paint();
  card.picking(panel, acts);
}

export async function takePick() {
  const { field, item } = state.pick;
  const wish = field === "merge"
    ? { do: "merge", claim: item.key, other: state.current }
    : { do: "edit", claim: item.key, fields: { [field]: state.current } };
  await picked(wish, item.key);
}

export async function savePick() {
  const { field, item, picked: names } = state.pick;
  const order = items().map(one => one.key);
  const sorted = field === "parts" ? [...names].sort((a, b) => order.indexOf(a) - order.indexOf(b)) : names;
  await picked({ do: "edit", claim: item.key, fields: { [field]: sorted.length ? sorted : null } }, item.key);
}

export async function picked(wish, name) {
  try {
    await step(wish);
    close();
    goTo(name);
  } catch (error) {
    await failed(error);
  }
}
