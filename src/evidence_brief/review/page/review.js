// The review: puts the parts together, and listens to the mouse, to dialogs and to keys.
import { acts } from "./acts.js";
import * as article from "./article.js";
import { byId } from "./dom.js";
import { add, close, edit, leave, showGroups, suggest } from "./editing.js";
import { filter, go, goTo, inSentence, nextDraft, nextFilter } from "./going.js";
import { listen } from "./keys.js";
import { claimsAt, panel, root, say } from "./paint.js";
import * as card from "./card.js";
import { link, merge, move, pick, savePick, takePick, togglePick } from "./picking.js";
import { current, state } from "./state.js";
import { accept, acceptSentence, askReason, look, open, reject, undo } from "./steps.js";

Object.assign(acts, {
  go, goTo, add, nextDraft: () => nextDraft(), accept, acceptSentence, edit, reject: askReason, link, merge, pick, leave,
  takePick, savePick, togglePick, inSentence, open, filter, close,
});

// ——— mouse and touch

root.addEventListener("click", event => {
  const mark = event.target.closest(".mark");
  if (!mark || !getSelection().isCollapsed) return;
  const all = claimsAt(mark.dataset.key);
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
