-- Fills the places of a document from the files beside it: ledger.json and blocks/*.md.
--
--   [remission.ivig]{.reported}      the figure as printed, with its verdict, linked to its derivation
--   [remission.p]{.recomputed}       the figure as recomputed
--   [remission.p.rd]{.derived}       an interval or difference that follows from reported figures
--   @fig-proportions                 a reference to a figure by its label
--   [2012]{.allowed reason="year"}   a numeral that is no figure of the study, and why it stands here
--   [version]{.fact}                 version, permalink or study of the document, out of its metadata
--   ::: {.evidence block="ledger"}   a block made by Python; what stands inside is shown where there is none
--   :::
--   ::: {.evidence .slides block="…"}  the same without a box around it: its headings begin slides
--
-- An id or a block that does not exist stops the build. Runs the same under Quarto and plain Pandoc.

local function beside(name)
  if quarto then return quarto.utils.resolve_path(name) end
  return pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), name })
end
local figures = dofile(beside("figures.lua"))
local paper = dofile(beside("paper.lua"))
local ledger_table = dofile(beside("ledger.lua"))
local number_figures = loadfile(beside("numbers.lua"))(figures)

local facts = {}
local function fact(name)
  local text = facts[name] and pandoc.utils.stringify(facts[name]) or "–"
  local inside = text:match("^https?://") and pandoc.Link(text, text) or pandoc.Str(text)
  return pandoc.Span({ inside }, pandoc.Attr("", { "fact" }, { { "data-fact", name } }))
end

-- On a page that Quarto makes, a finding's code leads to what it means; a brief that is one file stays by itself.
local codes
local function explained(span)
  if not codes then return nil end
  return pandoc.Link(span.content, codes .. "#code-" .. pandoc.utils.stringify(span), "", pandoc.Attr("", { "code" }))
end

-- A list of studies has its search.
local function bring_search()
  if not (quarto and quarto.doc.is_format("html:js")) then return end
  quarto.doc.add_html_dependency({
    name = "evidence-studies", version = "0.2.0", stylesheets = { "studies.css" },
    scripts = { { path = "studies.js", afterBody = true } },
  })
end

local function fill_span(span)
  for _, kind in ipairs({ "reported", "recomputed", "derived" }) do
    if span.classes:includes(kind) then return figures.makers[kind](pandoc.utils.stringify(span)) end
  end
  if span.classes:includes("code") then return explained(span) end
  if span.classes:includes("fact") then return fact(pandoc.utils.stringify(span)) end
  if span.classes:includes("allowed") then
    if not span.attributes["reason"] then
      figures.stop('the number `' .. pandoc.utils.stringify(span) .. '` needs reason="…"')
    end
    return pandoc.Span(span.content, pandoc.Attr("", { "allowed" }, { { "data-reason", span.attributes["reason"] } }))
  end
end

-- Pictures of a block stand beside it, which may be elsewhere than the document; paper has drawings of its own.
local function moved(image)
  local name = image.src:match("^figures/(.+)")
  if not name then return nil end
  local on_paper = figures.on_paper and figures.has("figures/paper/" .. name)
  image.src = figures.path((on_paper and "figures/paper/" or "figures/") .. name)
  return image
end

local paged = figures.on_paper or FORMAT:match("revealjs") ~= nil
local function fill_block(div)
  if not div.classes:includes("evidence") then return nil end
  local name = div.attributes["block"]
  if not name then figures.stop('a div of class evidence needs block="…"') end
  local place = pandoc.Attr("", { "place" }, { { "data-place", name } })
  -- On paper and slides a place is what it holds: there it divides pages.
  local function filled(content) return paged and content or pandoc.Div(content, place) end
  if #div.content > 0 and not figures.has("blocks/" .. name .. ".md") then return filled(div.content) end
  if name == "ledger" and not figures.has("blocks/ledger.md") then return filled(pandoc.Blocks({ ledger_table(figures) })) end
  if name == "studies" then bring_search() end
  local text = figures.contents("blocks/" .. name .. ".md", "the block `" .. name .. "`")
  return filled(pandoc.read(text, "markdown").blocks:walk({ Image = moved }))
end

local function describe(image)
  if image.attributes["fig-alt"] then
    image.attributes["alt"] = image.attributes["fig-alt"]
    return image
  end
end

-- On a narrow screen each row becomes a card whose cells are named by their column, where there are several.
local function name_cells(grid)
  if #grid.head.rows == 0 then return nil end
  grid.classes:insert("cards")
  if #grid.colspecs < 3 then return grid end
  local names = {}
  for i, cell in ipairs(grid.head.rows[1].cells) do names[i] = pandoc.utils.stringify(cell.contents) end
  for _, body in ipairs(grid.bodies) do
    for _, row in ipairs(body.body) do
      for i, cell in ipairs(row.cells) do cell.attributes["data-label"] = names[i] end
    end
  end
  return grid
end

-- Quarto makes a table with links anew, without its widths and the names of its cells, unless it is told not to.
local function keep_widths(grid)
  grid.attributes["tbl-colwidths"] = "true"
  return grid
end

-- A citation whose key the bibliography does not have stops the build. Quarto's cross-references look the same.
-- Where something is cited, its reference stands at the end, under a heading of the level of the others.
local cross_references = { fig = true, tbl = true, sec = true, eq = true, lst = true }
local function cite(document)
  local known, cited, level = {}, false, 6
  for _, reference in ipairs(pandoc.utils.references(document)) do known[reference.id] = true end
  document:walk({
    Cite = function(found)
      for _, citation in ipairs(found.citations) do
        local refers = quarto and cross_references[citation.id:match("^(%l+)%-")]
        if not (known[citation.id] or refers) then figures.stop("no reference has the key `" .. citation.id .. "`") end
        cited = cited or known[citation.id]
      end
    end,
    Header = function(heading) level = math.min(level, heading.level) end,
  })
  if cited then
    document.blocks:insert(pandoc.Header(level, "References", pandoc.Attr("references")))
    document.blocks:insert(pandoc.Div({}, pandoc.Attr("refs")))
  end
end

local function bring_styles()
  if not quarto then return end
  if quarto.doc.is_format("html:js") then
    quarto.doc.add_html_dependency({
      name = "evidence", version = "0.2.0", stylesheets = { "evidence.css" },
      scripts = { { path = "evidence.js", afterBody = true } },
    })
  elseif figures.on_paper then
    quarto.doc.include_file("in-header", "evidence.typ")
  end
end

-- Where a document holds no derivation, its figures lead nowhere.
local function unlink(document)
  local known = {}
  local function note(element) known[element.identifier] = true end
  document:walk({ Div = note, Span = note, Header = note, Table = note })
  return document:walk({
    Link = function(link)
      local id = link.target:match("^#(how%-.+)")
      if id and not known[id] then return figures.unlinked(link) end
    end,
  })
end

-- Tables that a notebook shows as Markdown; Quarto reads them itself.
local function read_markdown(raw)
  if raw.format == "markdown" then return pandoc.read(raw.text, "markdown").blocks end
end

function Pandoc(document)
  figures.locate(document.meta)
  figures.lead_to(document.meta)
  if document.meta.study and not document.meta.title then
    document.meta.title = pandoc.Inlines(figures.ledger().title)
    document.meta.pagetitle = document.meta.title
  end
  facts = document.meta
  bring_styles()
  if quarto and not figures.on_paper and facts["checks-page"] then codes = pandoc.utils.stringify(facts["checks-page"]) end
  document = document:walk({ Div = fill_block, RawBlock = read_markdown })
  document = document:walk({ Span = fill_span })
  document = number_figures(unlink(document))
  cite(document)
  if quarto then document = document:walk({ Table = keep_widths }) end
  if figures.on_paper then
    document = document:walk({ Figure = paper.figure, Table = paper.caption_above, DefinitionList = paper.terms })
    document = document:walk({ Div = paper.box, Span = paper.span, Image = paper.image })
    document.blocks = document.blocks:walk({ Str = paper.keep_signs })
    document.blocks:insert(1, paper.facts(document.meta))
  else
    document = document:walk({ Image = describe, Table = name_cells })
  end
  return document
end
