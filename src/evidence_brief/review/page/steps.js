// Steps: each is sent when the one before it has been written. And what happens to the file elsewhere.
import { Failed, get, post } from "./api.js";
import { acts } from "./acts.js";
import * as card from "./card.js";
import { byId, make } from "./dom.js";
import { goTo, inSentence, nextDraft } from "./going.js";
import { alerts, paint, say } from "./paint.js";
import { FILTERS, current, isDraft, items, problemsOf, shown, state } from "./state.js";

let queue = Promise.resolve();
let waiting = []; // accepted figures that are not sent yet
const gone = new Set(); // rejected figures that are not written yet
let judging = null;
let unwritten = 0; // steps that are on their way

// Who closes the page before the last steps are written is asked first.
addEventListener("beforeunload", event => {
  if (unwritten) event.preventDefault();
});

export function step(wish, anyway = false) {
  return send("step", () => ({ version: state.study.version, wish, anyway }));
}

export function send(name, body) {
  unwritten += 1;
  const work = queue.then(async () => {
    if (state.outside) throw new Failed(409, { said: "study.yml was changed outside of this page: load what is there now" });
    take(await post(name, body()));
  }).finally(() => { unwritten -= 1; });
  queue = work.catch(() => {});
  return work;
}

export function take(answer) {
  const { said, ...rest } = answer;
  Object.assign(state.study, rest);
  for (const claim of state.study.claims) if (waiting.includes(claim.id)) claim.fields.status = "confirmed";
  leaveOut();
  if (said) say(`${said[0].toUpperCase()}${said.slice(1)}`);
  if (!items().some(item => item.key === state.current)) state.current = null;
  paint();
  judge();
}

export async function failed(error) {
  if (!(error instanceof Failed)) throw error;
  say(error.message, true);
  if (error.status === 409) {
    waiting = [];
    state.outside = true;
    alerts();
  } else if (error.status === 422 && error.problems.length) {
    say(`${error.message}: ${error.problems[0].message}`, true);
  }
}

export function judge() {
  clearTimeout(judging);
  judging = setTimeout(async () => {
    const told = await get("verdicts").catch(() => null);
    if (!told || told.version !== state.study.version) return;
    state.verdicts = told;
    paint();
  }, 150);
}

export async function accept() {
  const item = current();
  if (!item) return;
  if (item.kind === "left") return acts.add();
  if (!isDraft(item)) return nextDraft();
  acceptAll([item]);
}

export function acceptSentence() {
  const item = current();
  if (item) acceptAll(inSentence(item).filter(isDraft));
}

export function acceptAll(those) {
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

export function askReason() {
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

export async function reject(reason) {
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

export function leaveOut() {
  state.study.claims = state.study.claims.filter(claim => !gone.has(claim.id));
  state.study.left = state.study.left.filter(one => !gone.has(`:${one.source}:${one.span[0]}`));
}

export async function undo(name) {
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

export async function look() {
  if (document.hidden || state.outside || !state.study) return;
  const idle = queue;
  const told = await get("version").catch(error => (error.status === 0 ? say(error.message, true) : null));
  if (!told || idle !== queue || waiting.length || told.version === state.study.version) return;
  if (!state.study.sources.length) return open();
  state.outside = true;
  alerts();
}

export async function open({ keep = false } = {}) {
  try {
    const study = await get("open");
    state.outside = false;
    waiting = [];
    acts.close();
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
