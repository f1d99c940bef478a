// The form of one claim, for every field that its type can have.
import { make } from "./dom.js";
import { state } from "./state.js";
import { button, kindName, problemBox, text } from "./card.js";

const MAIN = ["value", "type", "group", "outcome", "time", "unit", "scale", "spread", "measure", "test", "method", "every",
  "paired", "adjusted", "change"];
const RELATED = ["compares", "of", "count", "parts", "within", "restates", "product", "discordant"];
const REST = ["quote", "occurrence", "source", "id", "label", "note"];
const WIDE = new Set(["outcome", "quote", "note", "label", "test", "method", "compares", "parts", "product", "discordant"]);
const NEW = "+new"; // no name of a group begins so

// Draws the form and returns what it holds; `acts` are save(fields, newGroup, anyway), leave() and takeSelection().
export function draw(card, title, fields, acts, failed = null) {
  const known = Object.fromEntries(state.study.form.fields.map(field => [field.name, field]));
  const values = { ...fields };
  const form = make("form", { novalidate: true, "aria-label": title });
  const inputs = {};

  function read() {
    const found = {};
    for (const [name, input] of Object.entries(inputs)) {
      const { input: kind } = known[name];
      if (kind === "switch") found[name] = input.checked || null;
      else if (kind === "claims") found[name] = split(input.value);
      else if (kind === "number") found[name] = input.value.trim() === "" ? null : Number(input.value);
      else found[name] = input.value.trim() || null;
    }
    return found;
  }

  function field(name) {
    const about = known[name];
    const id = `field-${name}`;
    if (about.kinds.length && !about.kinds.includes(values.type)) return null;
    if (name === "source" && state.study.sources.length < 2) return null;
    const input = control(name, about, values[name], id);
    inputs[name] = input;
    const half = WIDE.has(name) ? "" : " half";
    if (about.input === "switch") return make("label", { class: `switch${half}`, title: about.about }, input, name);
    return make("div", { class: `field${half}`, title: about.about }, make("label", { for: id }, name), input);
  }

  function fill() {
    for (const name of Object.keys(inputs)) delete inputs[name];
    const related = RELATED.map(field).filter(Boolean);
    const rest = REST.map(field).filter(Boolean);
    const open = failed || RELATED.some(name => values[name] !== undefined && values[name] !== null);
    form.replaceChildren(make("h2", {}, title), ...MAIN.map(field).filter(Boolean),
      related.length ? make("details", { open: Boolean(open) }, make("summary", {}, "Linked figures, by their ids (Link picks them in the text)"), make("div", {}, related)) : "",
      make("details", { open: Boolean(failed) || acts.adds }, make("summary", {}, "Words around it, id, remarks"), make("div", {}, rest)));
    if (failed) {
      form.append(make("div", { role: "alert" }, make("p", { class: "wrong" }, failed.message, failed.problems.length ? ":" : ""),
        failed.problems.map(problem => problemBox({ ...problem, message: `${problem.claim && problem.claim !== values.id ? `${problem.claim}: ` : ""}${problem.message}`, line: null }))));
    }
    form.append(make("div", { class: "acts" },
      make("button", { type: "submit", class: "main" }, acts.adds ? "Add" : "Save", make("kbd", { "aria-hidden": "true" }, "Enter")),
      failed?.problems.length ? button("Save all the same", null, () => send(true)) : null,
      button("Take selected words", null, () => acts.takeSelection(keep())), button("Leave", "Esc", acts.leave)));
    inputs.type.addEventListener("change", () => {
      Object.assign(values, keep());
      fill();
      inputs.type.focus();
    });
    inputs.group?.addEventListener("change", () => newGroup(inputs.group));
  }

  function newGroup(select) {
    const there = form.querySelector("#new-group-field");
    if (select.value !== NEW) there?.remove();
    else if (!there) {
      const input = make("input", { id: "new-group", autocomplete: "off", maxlength: "200" });
      select.closest(".field").after(make("div", { class: "field half", id: "new-group-field" },
        make("label", { for: "new-group" }, "name of the new group"), input));
      input.focus();
    }
  }

  const keep = () => ({ ...values, ...Object.fromEntries(Object.entries(read()).filter(([, value]) => value !== NEW)) });

  function send(anyway) {
    const found = read();
    let label = null;
    if (inputs.group?.value === NEW) {
      label = form.querySelector("#new-group")?.value.trim() || null;
      found.group = label ? groupName(label) : null;
    }
    const changed = {};
    for (const field of state.study.form.fields) {
      const before = fields[field.name] ?? null;
      const after = found[field.name] ?? null; // what this type cannot have goes
      if (JSON.stringify(normal(before)) !== JSON.stringify(normal(after))) changed[field.name] = after;
    }
    acts.save(changed, label ? { name: found.group, label } : null, anyway, { ...values, ...found });
  }

  form.addEventListener("submit", event => { event.preventDefault(); send(false); });
  form.addEventListener("keydown", event => { // also where Enter alone makes a line or opens a list
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  fill();
  card.replaceChildren(form);
  card.classList.add("open");
  (failed ? form.querySelector("[role=alert]") : null)?.scrollIntoView({ block: "nearest" });
  inputs.value.focus();
  inputs.value.select();
}

const normal = value => (value === false || value === "" || (Array.isArray(value) && !value.length) ? null : value);
const split = value => value.split(/[\s,;]+/).filter(Boolean);

export function groupName(label) {
  const plain = label.normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "").toLowerCase() || "group";
  let name = plain;
  for (let number = 2; name in state.study.groups; number += 1) name = `${plain}-${number}`;
  return name;
}

function control(name, about, value, id) {
  const held = value === undefined || value === null ? "" : value;
  const plain = { id, autocomplete: "off", spellcheck: "false" };
  if (about.input === "switch") return make("input", { id, type: "checkbox", checked: Boolean(held) });
  if (about.input === "number") return make("input", { ...plain, inputmode: "numeric", value: text(held === "" ? "" : String(held)) });
  if (about.input === "claims") return make("input", { ...plain, value: [held].flat().filter(Boolean).join(", ") });
  if (name === "quote" || name === "note") {
    const area = make("textarea", { ...plain, rows: name === "quote" ? 3 : 2 });
    area.value = text(held);
    return area;
  }
  const options = optionsOf(name, about);
  if (!options) return make("input", { ...plain, value: text(held) });
  if (held !== "" && !options.some(([option]) => option === held)) options.push([text(held), text(held)]);
  const select = make("select", { id }, options.map(([option, word]) => make("option", { value: option }, word)));
  select.value = text(held);
  return select;
}

function optionsOf(name, about) {
  const free = [["", "–"]];
  if (name === "type") return state.study.form.kinds.map(kind => [kind, kindName(kind)]);
  if (name === "group") return [...free, ...Object.entries(state.study.groups).map(([group, { label }]) => [group, text(label ?? group)]), [NEW, "New group …"]];
  if (name === "scale") return [...free, ...Object.entries(state.study.scales)];
  if (name === "source") return state.study.sources.map(source => [source.name, source.name]);
  return about.choices.length ? [...free, ...about.choices.map(word => [word, word])] : null;
}
