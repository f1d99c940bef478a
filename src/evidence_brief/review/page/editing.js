// The form of a claim, that is there or is new; and the dialog of the groups.
import { Failed, post } from "./api.js";
import * as article from "./article.js";
import * as card from "./card.js";
import { byId } from "./dom.js";
import * as form from "./form.js";
import { goTo } from "./going.js";
import * as groups from "./groups.js";
import { paint, panel, root, say } from "./paint.js";
import { current, state } from "./state.js";
import { failed, step } from "./steps.js";

export function openForm(title, fields, adds, error = null) {
  state.form = { title, fields, adds };
  form.draw(panel, title, fields, {
    adds, leave,
    save: (changed, group, anyway, whole) => save(changed, group, anyway, whole),
    takeSelection: kept => takeSelection(kept),
  }, error);
}

export function edit() {
  const item = current();
  if (item?.kind !== "claim") return;
  openForm(`Edit ${card.text(item.claim.fields.value)}`, item.claim.fields, false);
}

export async function save(changed, group, anyway, whole) {
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

export async function takeSelection(kept) {
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

export async function add() {
  const item = current();
  const place = article.selected(root) || (item?.kind === "left" ? item : null);
  if (!place) {
    byId("figure").value = "";
    byId("find-said").textContent = "";
    return byId("find").showModal();
  }
  await suggest(place);
}

export async function suggest({ source, start, end }) {
  try {
    const found = await post("suggest", { source, start, end });
    getSelection().removeAllRanges();
    byId("add-here").hidden = true;
    openForm(`Add ${found.value}`, found, true);
  } catch (error) {
    await failed(error);
  }
}

export function close() {
  state.form = null;
  state.pick = null;
}

export function leave() {
  const back = state.pick?.item.key ?? state.current;
  close();
  if (back) goTo(back);
  else paint();
}

export function showGroups() {
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
