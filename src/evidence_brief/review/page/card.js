// The claim beside the article: what it says, what the ledger says of it, and what can be done.
import { key, make } from "./dom.js";
import { words } from "./article.js";
import { isDraft, items, problemsOf, shown, state, verdict } from "./state.js";

const SHOWN = ["type", "group", "outcome", "time", "unit", "scale", "spread", "measure", "test", "method", "every",
  "label", "note", "paired", "adjusted", "change"];
const RELATIONS = ["compares", "of", "count", "parts", "within", "restates", "product", "discordant"];

export function problemBox(problem) {
  const parts = [["expected", problem.expected], ["found", problem.found], ["mend", problem.mend]];
  const place = problem.line ? `line ${problem.line}: ` : "";
  return make("div", { class: "problem" }, make("p", {}, make("b", {}, place), problem.message),
    parts.filter(([, text]) => text).map(([name, text]) => make("p", {}, `${name}: ${text}`)));
}

function where(item, go) {
  const list = shown();
  const at = list.findIndex(one => one.key === item?.key);
  const place = at < 0 ? `${list.length} shown` : `${at + 1} of ${list.length}`;
  return make("div", { class: "where" }, make("span", {}, place),
    make("button", { type: "button", "aria-label": "Previous figure", title: "Previous (k)", onclick: () => go(-1) }, "‹"),
    make("button", { type: "button", "aria-label": "Next figure", title: "Next (j)", onclick: () => go(1) }, "›"));
}

export function nothing(card, go, words) {
  card.replaceChildren(where(null, go), make("p", { class: "label" }, words));
}

export function show(card, item, acts) {
  const parts = item.kind === "left" ? leftOver(item, acts) : claimed(item, acts);
  card.replaceChildren(where(item, acts.go), ...parts.filter(Boolean));
}

function leftOver(item, acts) {
  const { source, start, end } = item;
  const around = `${words(source, Math.max(0, start - 60), start)}[${item.left.text}]${words(source, end, end + 60)}`;
  return [
    make("h2", {}, item.left.text),
    make("p", { class: "label" }, "A numeral that no claim names"),
    make("p", { class: "why" }, "Is it a figure of the study? Then add it; otherwise leave it out, with a reason."),
    make("div", { class: "acts" },
      button("Add as a claim", "n", acts.add, true), button("Leave out", "r", acts.reject)),
    make("dl", { class: "about" }, make("dt", {}, "In the text"), make("dd", { class: "quote" }, `…${around}…`)),
  ];
}

function claimed(item, acts) {
  const { fields } = item.claim;
  const told = state.verdicts.claims[item.key];
  const problems = problemsOf(item.key);
  return [
    make("h2", {}, text(fields.value) || item.key),
    make("p", { class: "label" }, told?.label || [fields.outcome, fields.time].filter(Boolean).map(text).join(", ") || item.key),
    chips(item, told),
    told?.why ? make("p", { class: "why" }, told.why) : null,
    told?.recomputed ? make("p", { class: "why soft" }, `Recomputed: ${told.recomputed}${told.method ? `, by ${told.method}` : ""}`) : null,
    told?.condition ? make("p", { class: "why soft" }, `If ${told.condition}.`) : null,
    ...problems.map(problemBox),
    actions(item, acts),
    about(item, acts),
    ...state.verdicts.findings.filter(finding => finding.claims.includes(item.key)).map(findingBox),
  ];
}

function chips(item, told) {
  const name = verdict(item);
  const { sign, word } = state.study.form.verdicts[name];
  const stale = state.verdicts.version !== state.study.version;
  const waits = state.study.problems.length > 0;
  const draft = isDraft(item);
  return make("p", { class: "chips" },
    make("span", { class: `chip status ${draft ? "" : "yes"}` }, draft ? "Draft" : item.claim.fields.status ? "Confirmed" : "Written by a person"),
    told && !waits
      ? make("span", { class: `chip ${name} ${stale ? "judging" : ""}` }, `${sign} ${word}`)
      : make("span", { class: "chip" }, waits ? "No verdict yet" : "…"));
}

function actions(item, acts) {
  const draft = isDraft(item);
  const drafts = draft ? acts.inSentence(item).filter(isDraft).length : 0;
  return make("div", { class: "acts" },
    draft ? button("Accept", "a", acts.accept, true) : button("Next draft", "a", acts.nextDraft, true),
    drafts > 1 ? button(`All ${drafts} of the sentence`, "A", acts.acceptSentence, "much") : null,
    button("Edit", "e", acts.edit), button("Reject", "r", acts.reject),
    button("Link", "l", acts.link), button("Merge", "m", acts.merge));
}

export function button(label, letter, onclick, main = false) {
  const shortcut = { A: "Shift+A", Esc: "Escape" }[letter] ?? letter;
  return make("button", { type: "button", class: main === true ? "main" : main || null, onclick, "aria-keyshortcuts": shortcut },
    label, letter ? make("kbd", { "aria-hidden": "true" }, letter === "A" ? "⇧A" : letter) : null);
}

function about(item, acts) {
  const { fields } = item.claim;
  const labels = Object.fromEntries(Object.entries(state.study.groups).map(([name, group]) => [name, text(group.label ?? name)]));
  const names = { group: labels, scale: state.study.scales };
  const rows = SHOWN.filter(name => fields[name] !== undefined && fields[name] !== null).map(name =>
    [name === "type" ? "type" : name, make("dd", {}, name === "type" ? kindName(fields.type) : text(names[name]?.[fields[name]] ?? fields[name]))]);
  const relations = RELATIONS.filter(name => fields[name] !== undefined).map(name =>
    [name, make("dd", {}, [fields[name]].flat().map(id => leadTo(id, acts)))]);
  const sizes = Object.entries(state.study.groups).filter(([, group]) => group.n === item.key).map(([name]) => labels[name]);
  if (sizes.length) rows.push(["patients of", make("dd", {}, sizes.join(", "))]);
  const users = items().filter(other => other.kind === "claim" && RELATIONS.some(name => [other.claim.fields[name]].flat().includes(item.key)));
  const used = users.length ? [["named by", make("dd", {}, users.map(other => leadTo(other.key, acts)))]] : [];
  return make("dl", { class: "about" },
    [...rows, ...relations, ...used].flatMap(([name, dd]) => [make("dt", {}, name), dd]),
    make("dt", {}, "quote"), make("dd", { class: "quote", lang: state.study.language }, `“${text(fields.quote)}”`,
      fields.occurrence ? make("span", { class: "soft", lang: "en" }, ` (occurrence ${fields.occurrence})`) : null),
    make("dt", {}, "id"), make("dd", {}, item.key));
}

function leadTo(id, acts) {
  const other = items().find(one => one.key === id);
  const value = other?.claim?.fields.value;
  return make("button", { type: "button", onclick: () => acts.goTo(id), title: id }, value ? text(value) : text(id));
}

function findingBox(finding) {
  const tone = { contradiction: "contradicted", warning: "reproduced-if", note: "possible" }[finding.severity];
  return make("div", { class: `finding ${tone}` },
    make("p", {}, make("b", {}, finding.word), finding.sentence),
    finding.explanations ? make("p", { class: "soft" }, `What might explain it: ${finding.explanations}`) : null);
}

export const text = value => (typeof value === "string" ? value : JSON.stringify(value) ?? "");
export const kindName = kind => ({ mean_sd: "mean (SD)", median_iqr: "median (IQR)", p_value: "P value" })[kind] || text(kind).replaceAll("_", " ");

// What a claim of this type may name, with a letter for each.
const LETTERS = { compares: "c", of: "o", count: "n", parts: "p", within: "w", restates: "s", product: "x", discordant: "d" };
const MEANS = {
  compares: "the figures that it compares", of: "the figure, or the patients, that it is of", count: "the count whose share it is",
  parts: "the figures whose sum it is", within: "what includes it: more patients, a longer period",
  restates: "the earlier figure that it repeats", product: "the figures whose product it is",
  discordant: "the two counts of patients who changed",
};
export function relationsOf(kind) {
  const fields = Object.fromEntries(state.study.form.fields.map(field => [field.name, field]));
  return RELATIONS.filter(name => !fields[name].kinds.length || fields[name].kinds.includes(kind))
    .map(name => ({ name, letter: LETTERS[name], means: MEANS[name], single: fields[name].input === "claim" }));
}

export function chooseRelation(card, item, acts) {
  const rows = relationsOf(item.claim.fields.type).map(({ name, letter, means }) =>
    make("li", {}, make("button", { type: "button", onclick: () => acts.pick(name) },
      key(letter), make("b", {}, name), make("span", {}, means))));
  card.replaceChildren(make("h2", {}, text(item.claim.fields.value)), make("p", { class: "label" }, "Link it to other figures"),
    make("ul", { class: "relations" }, rows), make("div", { class: "acts" }, button("Leave", "Esc", acts.leave)));
  card.querySelector("li button")?.focus();
}

export function picking(card, acts) {
  const { field, single, picked, item } = state.pick;
  const what = field === "merge" ? "Pick the figure that is the same, or the rest of this one." : `Pick ${MEANS[field]}.`;
  const chips = picked.map(id => make("span", { class: "chip possible" }, text(items().find(one => one.key === id)?.claim.fields.value ?? id)));
  const how = single ? "j and k move, Enter takes it." : "j and k move, Space picks, Enter saves.";
  card.replaceChildren(
    make("h2", {}, text(item.claim.fields.value)),
    make("p", { class: "label" }, field === "merge" ? "Merge" : field),
    make("p", { class: "why" }, what),
    make("p", { class: "why soft" }, `${how} Or click figures in the text; Esc leaves.`),
    make("p", { class: "chips" }, chips),
    make("div", { class: "acts" },
      single ? button("Take it", "Enter", acts.takePick, true) : button("Save", "Enter", acts.savePick, true),
      single ? null : button("Pick", "Space", acts.togglePick), button("Leave", "Esc", acts.leave)));
}
