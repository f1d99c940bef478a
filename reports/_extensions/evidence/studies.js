// Search and filters of the list of studies. Without JavaScript the whole list is simply there.
(() => {
  "use strict";
  const list = document.querySelector(".studies");
  const studies = [...(list?.querySelectorAll(":scope > ul > li") ?? [])];
  if (studies.length < 2) return;

  // Ä is found by "a", and words in any order.
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
  const texts = (element, selector) => [...element.querySelectorAll(selector)].map((found) => found.textContent.trim());
  const known = studies.map((element) => ({
    element,
    text: plain(texts(element, "h2, .cite, .gravest, .design, .outcome").join(" ")),
    verdicts: texts(element, ".tally").length ? [...element.querySelectorAll(".tally")].map((tally) => tally.classList[1]) : [],
    design: texts(element, ".design")[0] ?? "",
    outcomes: plain(texts(element, ".outcome").join(" ; ")),
  }));
  const each = (values) => [...new Set(values)].filter(Boolean).sort((a, b) => a.localeCompare(b, document.documentElement.lang || "en"));

  const form = document.createElement("form");
  form.className = "search";
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", "Studies");
  const field = (id, name, control, wide) => {
    const place = document.createElement("div");
    const label = document.createElement("label");
    if (wide) place.className = "wide";
    control.id = control.name = `studies-${id}`;
    label.htmlFor = control.id;
    label.textContent = name;
    place.append(label, control);
    form.append(place);
    return control;
  };
  const input = () => Object.assign(document.createElement("input"), { type: "search", autocomplete: "off", spellcheck: false });
  const select = (any, options) => {
    const control = document.createElement("select");
    control.append(new Option(any, ""), ...options.map(([text, value]) => new Option(text, value)));
    return control;
  };

  const search = field("text", "Search in titles, citations, outcomes and findings", input(), true);
  const words = {
    contradicted: "Something contradicted", "reproduced-if": "Something reproduced only if", possible: "Something possible",
    unchecked: "Something not checked", reproduced: "Something reproduced",
  };
  const present = Object.keys(words).filter((name) => known.some((study) => study.verdicts.includes(name)));
  const verdicts = present.map((name) => [words[name], name]);
  if (present.includes("contradicted")) verdicts.push(["Nothing contradicted", "not contradicted"]);
  const verdict = field("verdict", "Verdict", select("Any", verdicts));
  const designs = each(known.map((study) => study.design));
  const design = designs.length ? field("design", "Design", select("Any", designs.map((name) => [name, name]))) : null;
  const outcomes = each(studies.flatMap((study) => texts(study, ".outcome")));
  const outcome = outcomes.length ? field("outcome", "Outcome", input()) : null;
  if (outcome) {
    const suggestions = document.createElement("datalist");
    suggestions.id = "studies-outcomes";
    suggestions.append(...outcomes.map((name) => new Option(name)));
    outcome.setAttribute("list", suggestions.id);
    form.append(suggestions);
  }
  const end = document.createElement("div");
  end.className = "end";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const reset = Object.assign(document.createElement("button"), { type: "button", textContent: "Show all", hidden: true });
  end.append(said, reset);
  form.append(end);

  const holds = (text, asked) => plain(asked).split(" ").every((word) => text.includes(word));
  const wanted = (study) =>
    holds(study.text, search.value) &&
    (!verdict.value || (verdict.value === "not contradicted" ? !study.verdicts.includes("contradicted") : study.verdicts.includes(verdict.value))) &&
    (!design?.value || study.design === design.value) &&
    (!outcome?.value || holds(study.outcomes, outcome.value));
  const controls = [search, verdict, design, outcome].filter(Boolean);
  const show = () => {
    let shown = 0;
    for (const study of known) {
      study.element.hidden = !wanted(study);
      shown += !study.element.hidden;
    }
    said.textContent = shown ? `${shown} of ${known.length} studies shown` : "No study is like that";
    reset.hidden = controls.every((control) => !control.value);
    history.replaceState(controls.map((control) => control.value), "");
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  reset.addEventListener("click", () => {
    for (const control of controls) control.value = "";
    search.focus();
    show();
  });
  list.before(form);
  // What was asked for is there again after a look at a brief.
  if (Array.isArray(history.state)) controls.forEach((control, i) => (control.value = history.state[i] ?? ""));
  show();
})();
