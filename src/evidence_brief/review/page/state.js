// What the page knows: the study as the server last told it, the verdicts, and where the person is.
export const state = {
  study: null, // what `open` answered, with the newest claims, exclusions, …
  verdicts: { version: null, claims: {}, findings: [], failed: null },
  filter: "all",
  current: null, // key of an item
  form: null, // { mode: "edit" | "add", … } while one is open
  outside: false, // whether somebody else has written the file
  pick: null, // { field, single, picked, back } while figures are picked
};

// Items in the order of the text: claims, and the numerals that no claim names ("left").
let known = { claims: null, left: null, items: [] };
export function items() {
  const { claims, left } = state.study;
  if (known.claims !== claims || known.left !== left) known = { claims, left, items: sorted() };
  return known.items;
}

function sorted() {
  const order = Object.fromEntries(state.study.sources.map((source, number) => [source.name, number]));
  const claims = state.study.claims.map((claim, number) => ({
    key: claim.id, kind: "claim", claim, number,
    source: claim.span?.source, start: claim.span?.value[0] ?? Infinity, end: claim.span?.value[1] ?? Infinity,
  }));
  const left = state.study.left.map((one, number) => ({
    key: `:${one.source}:${one.span[0]}`, kind: "left", left: one, number,
    source: one.source, start: one.span[0], end: one.span[1],
  }));
  const place = item => order[item.source] ?? Infinity;
  const by = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  return [...claims, ...left].sort((a, b) => by(place(a), place(b)) || by(a.start, b.start) || by(a.number, b.number));
}

export const isDraft = item => item.kind === "claim" && item.claim.fields.status === "draft";
export const verdict = item => state.verdicts.claims[item.key]?.verdict || "unchecked";
export const problemsOf = id => state.study.problems.filter(problem => problem.claim === id);

export const FILTERS = {
  all: { word: "All", test: item => item.kind === "claim" },
  draft: { word: "Drafts", test: isDraft },
  contradicted: { word: "Contradicted", test: item => item.kind === "claim" && verdict(item) === "contradicted" },
  left: { word: "Unnamed", test: item => item.kind === "left" },
};

export function shown() {
  return items().filter(FILTERS[state.filter].test);
}

export function current() {
  return items().find(item => item.key === state.current) || null;
}

// The ids that a claim names.
export function named(fields) {
  const lists = ["compares", "of", "count", "parts", "within", "restates", "product", "discordant"];
  return lists.flatMap(name => fields[name] ?? []).filter(name => typeof name === "string");
}
