// The groups of patients: their names, the counts of their patients, their parts, and which of them are one.
import { byId, make } from "./dom.js";
import { items, state } from "./state.js";
import { groupName } from "./form.js";
import { text } from "./card.js";

const NEW = "+new";
let rows = [];

export function show() {
  const groups = Object.entries(state.study.groups);
  rows = [...groups, [NEW, { label: "" }]].map(([name, group], number) => row(name, group, number));
  byId("group-list").replaceChildren(...rows.map(one => one.element));
  byId("group-said").textContent = "";
  byId("groups").showModal();
  rows[0].label.focus();
}

function row(name, group, number) {
  const isNew = name === NEW;
  const label = make("input", { id: `group-label-${number}`, autocomplete: "off", maxlength: "200", value: text(group.label ?? name) });
  const n = make("select", { id: `group-n-${number}` }, counts(name, group.n).map(([id, words]) => make("option", { value: id }, words)));
  n.value = group.n ?? "";
  const parts = make("input", { id: `group-parts-${number}`, autocomplete: "off", value: [group.parts ?? []].flat().join(", ") });
  const others = Object.entries(state.study.groups).filter(([other]) => other !== name);
  const same = make("select", { id: `group-same-${number}` }, make("option", { value: "" }, "–"),
    others.map(([other, { label: words }]) => make("option", { value: other }, text(words ?? other))));
  const field = (words, input) => make("div", { class: "field" }, make("label", { for: input.id }, words), input);
  const element = make("fieldset", {}, make("legend", {}, isNew ? "A new group" : name),
    field("name in the brief", label), field("count of its patients", n),
    field("made up of", parts), isNew ? null : field("is the same as", same));
  return { name, group, label, n, parts, same, element };
}

// Counts that can be the number of patients: those of the group first.
function counts(name, chosen) {
  const all = items().filter(item => item.kind === "claim" && item.claim.fields.type === "count");
  const first = all.filter(item => item.claim.fields.group === name || item.key === chosen);
  const rest = all.filter(item => !first.includes(item));
  const words = item => `${text(item.claim.fields.value)}  (${item.key})`;
  return [["", "–"], ...[...first, ...rest].map(item => [item.key, words(item)])];
}

// The wishes that make the groups what the dialog says.
export function wishes() {
  const found = [];
  for (const { name, group, label, n, parts, same } of rows) {
    if (name !== NEW && !(name in state.study.groups)) continue; // made one with another before a later wish failed
    const wanted = { label: label.value.trim(), n: n.value || null, parts: parts.value.split(/[\s,;]+/).filter(Boolean) };
    if (name === NEW) {
      const known = Object.values(state.study.groups).some(one => one.label === wanted.label);
      if (wanted.label && !known) found.push({ do: "group", name: groupName(wanted.label), ...wanted });
      continue;
    }
    if (same.value) found.push({ do: "same", group: name, other: same.value });
    else if (wanted.label !== text(group.label ?? name) || wanted.n !== (group.n ?? null) || String(wanted.parts) !== String(group.parts ?? [])) {
      found.push({ do: "group", name, ...wanted, label: wanted.label || name });
    }
  }
  // First what the groups are, then which are one: a name that goes is asked for no more.
  return found.sort((a, b) => (a.do === "same") - (b.do === "same"));
}
