// What a page does beyond its links: derivations open in place, the ledger sorts and filters.
// Without JavaScript every figure is a link to its derivation further down.
(() => {
  "use strict";

  // Derivations -------------------------------------------------------------------------------
  const dialog = document.createElement("dialog");
  dialog.className = "derivation-panel";
  dialog.setAttribute("aria-label", "How this figure was derived");
  dialog.innerHTML =
    '<form method="dialog"><button class="back" type="button" hidden>Back</button><button class="close">Close</button></form><div class="body"></div>';
  const body = dialog.querySelector(".body");
  const back = dialog.querySelector(".back");
  let trail = [];

  const derivationOf = (id) => document.getElementById(id)?.closest(".derivation");

  const show = (id) => {
    const copy = derivationOf(id).cloneNode(true);
    copy.removeAttribute("id");
    for (const element of copy.querySelectorAll("[id]")) {
      if (element.id === id) element.classList.add("wanted");
      element.removeAttribute("id");
    }
    body.replaceChildren(copy);
    back.hidden = trail.length < 2;
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const id = decodeURIComponent(link.hash.slice(1));
    if (id.startsWith("how-") && derivationOf(id)) {
      event.preventDefault();
      if (!dialog.open) trail = [];
      trail.push(id);
      show(id);
    } else if (dialog.contains(link)) {
      dialog.close();
    }
  });
  back.addEventListener("click", () => {
    trail.pop();
    show(trail.at(-1));
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  if (document.querySelector(".derivation")) document.body.append(dialog);

  // Tables that sort ---------------------------------------------------------------------------
  const order = ["contradicted", "reproduced-if", "possible", "unchecked", "reproduced"];
  const valueOf = (cell) => {
    const verdict = cell.querySelector(".verdict");
    if (verdict) return order.findIndex((name) => verdict.classList.contains(name));
    const text = cell.textContent.trim().replace("−", "-");
    const number = text.match(/-?(\d+(\.\d+)?|\.\d+)/);
    return number && /^[^a-z]{0,3}[-\d.]/i.test(text) ? Number(number[0]) : text.toLowerCase();
  };
  const compare = (a, b) =>
    typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === "number" ? -1 : 1;

  const sortable = (table) => {
    const rows = table.tBodies[0];
    const original = [...rows.rows];
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const next = { ascending: "descending", descending: "none" }[head.ariaSort] ?? "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        const sorted = [...original];
        if (next !== "none") {
          head.setAttribute("aria-sort", next);
          const sign = next === "ascending" ? 1 : -1;
          sorted.sort((a, b) => sign * compare(valueOf(a.cells[column]), valueOf(b.cells[column])));
        }
        rows.append(...sorted);
      });
    });
  };

  // A ledger that filters by verdict -----------------------------------------------------------
  const filterable = (place, table) => {
    const rows = [...table.tBodies[0].rows];
    const kinds = order.filter((name) => table.querySelector(`.verdict.${name}`));
    if (kinds.length < 2) return;
    const group = document.createElement("div");
    group.className = "filters";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "Show figures by verdict");
    const said = document.createElement("span");
    said.className = "shown";
    said.setAttribute("role", "status");
    const show = (name, button) => {
      for (const other of group.querySelectorAll("button")) other.setAttribute("aria-pressed", other === button);
      let shown = 0;
      for (const row of rows) {
        row.hidden = name !== "" && !row.querySelector(`.verdict.${name}`);
        shown += !row.hidden;
      }
      said.textContent = `${shown} of ${rows.length} shown`;
    };
    const add = (name, text) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = name;
      button.textContent = text;
      button.setAttribute("aria-pressed", name === "");
      button.addEventListener("click", () => show(name, button));
      group.append(button);
    };
    add("", "All");
    for (const name of kinds) add(name, table.querySelector(`.verdict.${name}`).textContent);
    group.append(said);
    place.prepend(group);
  };

  for (const place of document.querySelectorAll('[data-place="ledger"]')) {
    const table = place.querySelector("table");
    if (table?.tHead && table.tBodies.length) {
      sortable(table);
      filterable(place, table);
    }
  }

  // Versions -----------------------------------------------------------------------------------
  // A published version stands in a folder of its name; the list beside it tells of later ones.
  const [, version, page] = location.pathname.match(/\/(v\d+\.\d+)\/([^/]+)$/) ?? [];
  const link = (text, href) => {
    const made = document.createElement("a");
    made.textContent = text;
    made.href = href;
    return made;
  };
  const number = (name) => name.slice(1);

  const superseded = (latest) => {
    const banner = document.createElement("aside");
    banner.className = "superseded";
    banner.setAttribute("aria-label", "A newer version");
    const strong = document.createElement("strong");
    strong.textContent = `Version ${number(latest)} is current; this is version ${number(version)}.`;
    const changed = link("What changed since this version", `../${latest}/redline.html#since-${version}`);
    banner.append(strong, " ", changed, " ", link(`Read version ${number(latest)}`, `../${latest}/${page}`));
    (document.querySelector("#title-block-header, .page > header") ?? document.body.firstElementChild).after(banner);
  };

  const choice = (place, versions) => {
    const details = document.createElement("details");
    details.className = "versions";
    const summary = document.createElement("summary");
    summary.textContent = `All versions (${versions.length})`;
    const list = document.createElement("ul");
    for (const one of versions) {
      const item = document.createElement("li");
      const to = link(`Version ${number(one.version)}, ${one.date}`, `../${one.version}/brief.html`);
      if (one.version === version) to.setAttribute("aria-current", "page");
      item.append(to, ` ${one.changes}`);
      list.append(item);
    }
    details.append(summary, list);
    place.append(details);
  };

  if (version && !document.querySelector(".reveal")) {
    const script = document.createElement("script");
    script.src = "../versions.js";
    script.addEventListener("load", () => {
      const known = window.evidenceBriefVersions;
      if (known.latest !== version) superseded(known.latest);
      const place = document.querySelector(".this-version");
      if (place) choice(place, known.versions);
    });
    document.head.append(script);
  }

  // What scrolls sideways, as a plot on a phone does, can be reached and scrolled by keys ---------
  const letKeysScroll = () => {
    for (const element of document.querySelectorAll("main figure, main pre, main .output")) {
      const scrolls = element.scrollWidth > element.clientWidth && getComputedStyle(element).overflowX === "auto";
      if (!scrolls) {
        element.removeAttribute("tabindex");
        continue;
      }
      element.tabIndex = 0;
      if (element.tagName !== "FIGURE") {
        element.setAttribute("role", "group");
        element.setAttribute("aria-label", "Scrolls sideways");
      }
    }
  };
  window.addEventListener("load", letKeysScroll);
  window.addEventListener("resize", letKeysScroll);
})();
