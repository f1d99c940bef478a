// The keys: one list for the listener and for the help.
import { byId, make } from "./dom.js";
import { state } from "./state.js";

const KEYS = [
  ["j ↓", "next figure"], ["k ↑", "previous figure"], ["a", "accept, and on to the next draft"],
  ["⇧A", "accept all drafts of the sentence"], ["e", "edit"], ["r", "reject, with a reason"],
  ["n", "new claim: the selected words, or a figure that you type"], ["l", "link to other figures"],
  ["m", "merge with another figure of the sentence"], ["d", "next draft"], ["⇧D", "previous draft"],
  ["f", "what is shown: all, drafts, contradicted, unnamed"], ["g", "the groups of patients"], ["u", "undo"], ["⇧U", "do it again"],
  ["Enter", "save the form; take or save what is picked"], ["Space", "pick a figure, while linking"],
  ["Esc", "leave the form, the picking, a dialog"], ["?", "these keys"],
];
const MARKS = [
  ["draft", "dashed, tinted: a draft that waits for you"], ["", "underlined: confirmed"],
  ["left", "dotted: unnamed, a numeral that no claim names"],
];

export function listen(acts) {
  const single = byId("single");
  single.checked = localStorage.getItem("single-keys") !== "off";
  single.addEventListener("change", () => localStorage.setItem("single-keys", single.checked ? "on" : "off"));
  byId("keys").append(...KEYS.map(([keys, means]) =>
    make("div", {}, make("span", { class: "which" }, keys.split(" ").map(one => make("kbd", {}, one))), make("span", {}, means))));
  byId("help").addEventListener("toggle", () => legend());
  document.addEventListener("keydown", event => press(event, acts, single.checked));
}

function legend() {
  const verdicts = Object.values(state.study?.form.verdicts ?? {}).map(({ sign, word }) => [sign, word]);
  byId("legend").replaceChildren(
    ...MARKS.map(([name, means]) => make("li", {}, make("span", { class: `mark unchecked ${name}`, "data-sign": "" }, "42"), ` ${means}`)),
    ...verdicts.map(([sign, word]) => make("li", {}, `${sign} ${word}${sign === "–" ? " (without a sign in the text)" : ""}`)));
}

const typing = target => target.matches("input:not([type=checkbox]), textarea, select") || target.isContentEditable;

function press(event, acts, single) {
  if (event.defaultPrevented || event.isComposing) return;
  const dialog = document.querySelector("dialog[open]");
  if (dialog) return inDialog(event, dialog, single);
  const mod = event.ctrlKey || event.metaKey;
  if (mod && event.key.toLowerCase() === "z" && !typing(event.target)) return done(event, () => acts.undo(event.shiftKey ? "redo" : "undo"));
  if (mod || event.altKey || !state.study) return undefined;
  if (event.key === "Escape" && (state.form || state.pick)) return done(event, acts.leave);
  if (state.form || typing(event.target)) return undefined;
  if (state.pick) return whilePicking(event, acts, single);
  return plain(event, acts, single);
}

function done(event, act) {
  event.preventDefault();
  act();
}

function inDialog(event, dialog, single) {
  if (dialog.id !== "reject" || typing(event.target) || !single) return;
  const choice = dialog.querySelectorAll("li button")[Number(event.key) - 1];
  if (choice) done(event, () => choice.click());
}

function whilePicking(event, acts, single) {
  const onButton = event.target.closest("button");
  if (state.pick.field === null) {
    const relation = single && acts.relations(state.pick.item.claim.fields.type).find(one => one.letter === event.key);
    return relation ? done(event, () => acts.pick(relation.name)) : undefined;
  }
  const moves = { ArrowDown: 1, ArrowUp: -1, ...(single ? { j: 1, k: -1 } : {}) };
  if (event.key in moves) return done(event, () => acts.move(moves[event.key]));
  if (onButton) return undefined;
  if (event.key === " ") return done(event, acts.togglePick);
  if (event.key === "Enter") return done(event, state.pick.single ? acts.takePick : acts.savePick);
  return undefined;
}

function plain(event, acts, single) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!event.target.closest(".mark") && event.target !== document.body) return undefined;
    return done(event, () => acts.go(event.key === "ArrowDown" ? 1 : -1));
  }
  if (event.target.closest(".mark") && event.key === "Enter") return done(event, () => byId("card").querySelector(".main")?.focus());
  if (!single) return undefined;
  const table = {
    j: () => acts.go(1), k: () => acts.go(-1), e: acts.edit, r: acts.askReason, n: acts.add, l: acts.link, m: acts.merge,
    d: () => acts.nextDraft(1), D: () => acts.nextDraft(-1), f: acts.nextFilter, g: acts.showGroups, u: () => acts.undo("undo"),
    U: () => acts.undo("redo"), "?": acts.help,
  };
  if (!event.repeat) Object.assign(table, { a: acts.accept, A: acts.acceptSentence }); // a held key confirms nothing
  const act = Object.hasOwn(table, event.key) ? table[event.key] : null;
  return act ? done(event, act) : undefined;
}
