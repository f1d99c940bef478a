-- Figures of a ledger as inline text: what the filter and the shortcode share.
--
-- The ledger stands beside the document, or in the folder that the metadata name: `evidence-folder`, or
-- `study`, which means briefs/<study>/ of the project.

local figures = {}

local signs = {
  contradicted = "✗", reproduced = "✓", ["reproduced-if"] = "≈", possible = "○", unchecked = "–",
}
local words = {
  contradicted = "contradicted", reproduced = "reproduced", ["reproduced-if"] = "reproduced only if",
  possible = "possible", unchecked = "not checked",
}
figures.on_paper = FORMAT:match("typst") ~= nil

function figures.stop(message)
  error("evidence: " .. message, 0)
end

local function exists(path)
  local file = io.open(path, "r")
  if file then file:close() end
  return file ~= nil
end

local folder = ""
-- Look for the files in the folder that the metadata name; without one, beside the document.
function figures.locate(meta)
  if meta["evidence-folder"] then
    folder = pandoc.utils.stringify(meta["evidence-folder"]) .. "/"
  elseif meta.study and not exists("ledger.json") then
    folder = "../briefs/" .. pandoc.utils.stringify(meta.study) .. "/"
  end
end

function figures.path(name)
  return folder .. name
end

function figures.has(name)
  return exists(folder .. name)
end

function figures.contents(name, what)
  local file = io.open(folder .. name, "r")
  if not file then
    local mend = folder == "" and "run `brief prepare`, or name the study: `quarto render … -M study:<id>`"
      or "run `brief prepare`"
    figures.stop(what .. " is missing (" .. folder .. name .. "); " .. mend)
  end
  local text = file:read("a")
  file:close()
  return text
end

local ledger
function figures.ledger()
  if not ledger then
    local data = pandoc.json.decode(figures.contents("ledger.json", "the ledger"), false)
    ledger = { title = data.title, rows = data.claims, claims = {}, derived = {} }
    for _, claim in ipairs(data.claims) do ledger.claims[claim.id] = claim end
    for _, item in ipairs(data.derived) do ledger.derived[item.id] = item end
  end
  return ledger
end

local function lookup(kind, id)
  local found = figures.ledger()[kind][id]
  if not found then
    figures.stop("no " .. (kind == "claims" and "claim" or "derived figure") .. " has the id `" .. id .. "`")
  end
  return found
end

local function real_minus(text)
  return (text:gsub("^%-(%d)", "−%1"):gsub("([ (])%-(%d)", "%1−%2"))
end

-- Where a figure's derivation stands: in the document itself, or on the page that the metadata `evidence-page` name.
local page = ""
function figures.lead_to(meta)
  if meta["evidence-page"] then page = pandoc.utils.stringify(meta["evidence-page"]) end
  return page ~= ""
end

-- Attributes are lists of pairs: a table by name would come out in another order from run to run.
local function link(text, id, verdict, classes, attributes)
  local inside = { pandoc.Str(text) }
  if verdict and verdict ~= "unchecked" then
    local joined = figures.on_paper and "\u{2060}" or ""
    table.insert(inside, pandoc.Span({ pandoc.Str(joined .. signs[verdict]) }, { class = "sign" }))
  end
  if not figures.on_paper then
    return pandoc.Link(inside, page .. "#how-" .. id, "", pandoc.Attr("", classes, attributes))
  end
  local target = page == "" and pandoc.Link(inside, "#how-" .. id) or pandoc.Span(inside)
  return pandoc.Inlines({
    pandoc.RawInline("typst", '#evidence-figure("' .. (verdict or "computed") .. '")['),
    target, pandoc.RawInline("typst", "]"),
  })
end

local makers = {}

-- In running text a figure that was not checked carries no sign: a dotted line is enough. The label says to
-- assistive technology what the sign says to the eye.
function makers.reported(id)
  local claim = lookup("claims", id)
  local said = claim.printed .. ", " .. words[claim.verdict]
  local attributes = { { "data-claim", id }, { "aria-label", said } }
  return link(claim.printed, id, claim.verdict, { "figure", "reported", claim.verdict }, attributes)
end

function makers.recomputed(id)
  local text = lookup("claims", id).recomputed
  if type(text) ~= "string" then return pandoc.Span({ pandoc.Str("–") }, { class = "figure recomputed" }) end
  return link(real_minus(text), id, nil, { "figure", "recomputed" }, { { "data-figure", id } })
end

function makers.derived(id)
  return link(real_minus(lookup("derived", id).text), id, nil, { "figure", "derived" }, { { "data-figure", id } })
end

-- A figure that leads nowhere; a label is for what can be activated.
function figures.unlinked(link)
  link.attributes["aria-label"] = nil
  return pandoc.Span(link.content, link.attr)
end

figures.makers = makers
figures.signs = signs
figures.words = words
return figures
