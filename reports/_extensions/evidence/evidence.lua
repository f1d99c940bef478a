-- Fills the places of a report from the files beside it: ledger.json and blocks/*.md.
--
--   [remission.ivig]{.reported}     the figure as printed, with its verdict, linked to its ledger row
--   [remission.p]{.recomputed}      the figure as recomputed
--   [remission.p.rd]{.derived}      an interval or difference that follows from reported figures
--   ::: {.evidence block="ledger"}  a block made by Python
--   :::
--
-- An id or a block that does not exist stops the build. Runs the same under Quarto and plain Pandoc.

local signs = {
  contradicted = "✗", reproduced = "✓", ["reproduced-if"] = "≈", possible = "○", unchecked = "–",
}
local words = {
  contradicted = "Contradicted", reproduced = "Reproduced", ["reproduced-if"] = "Reproduced only if …",
  possible = "Possible", unchecked = "Not checked",
}
-- For paper, where no style sheet reaches: dark enough for a contrast of 4.5 on white.
local inks = {
  contradicted = "#a3161f", reproduced = "#0d6b46", ["reproduced-if"] = "#855400",
  possible = "#1f5f93", unchecked = "#5a6570",
}
local on_paper = FORMAT:match("typst") ~= nil

local function stop(message)
  error("evidence: " .. message, 0)
end

local function contents(path, what)
  local file = io.open(path, "r")
  if not file then stop(what .. " is missing (" .. path .. "); run `brief prepare`") end
  local text = file:read("a")
  file:close()
  return text
end

local ledger
local function entries()
  if not ledger then
    local data = pandoc.json.decode(contents("ledger.json", "the ledger"))
    ledger = { claims = {}, derived = {} }
    for _, claim in ipairs(data.claims) do ledger.claims[claim.id] = claim end
    for _, item in ipairs(data.derived) do ledger.derived[item.id] = item end
  end
  return ledger
end

local function lookup(kind, id)
  local found = entries()[kind][id]
  if not found then stop("no " .. (kind == "claims" and "claim" or "derived figure") .. " has the id `" .. id .. "`") end
  return found
end

local function real_minus(text)
  return (text:gsub("^%-(%d)", "−%1"):gsub("([ (])%-(%d)", "%1−%2"))
end

-- In running text a figure that was not checked carries no sign: a dotted line is enough.
local function reported(id)
  local claim = lookup("claims", id)
  local attributes = { class = "figure reported " .. claim.verdict, ["data-claim"] = id }
  local inside = { pandoc.Str(claim.printed) }
  if claim.verdict ~= "unchecked" then
    table.insert(inside, pandoc.Span({ pandoc.Str((on_paper and "\u{2060}" or "") .. signs[claim.verdict]) }, { class = "sign" }))
  end
  if on_paper then
    return pandoc.Inlines({
      pandoc.RawInline("typst", '#brief-figure("' .. claim.verdict .. '")['),
      pandoc.Link(inside, "#ledger-" .. id),
      pandoc.RawInline("typst", "]"),
    })
  end
  return pandoc.Link(inside, "#ledger-" .. id, words[claim.verdict], attributes)
end

local function computed(kind, id)
  local item = lookup(kind == "recomputed" and "claims" or "derived", id)
  local text = item.text or item.recomputed
  if type(text) ~= "string" then text = "–" end
  return pandoc.Span({ pandoc.Str(real_minus(text)) }, { class = "figure " .. kind, ["data-figure"] = id })
end

local function fill_span(span)
  if span.classes:includes("reported") then return reported(pandoc.utils.stringify(span)) end
  for _, kind in ipairs({ "recomputed", "derived" }) do
    if span.classes:includes(kind) then return computed(kind, pandoc.utils.stringify(span)) end
  end
  if on_paper then
    for verdict, ink in pairs(inks) do
      if span.classes:includes(verdict) then
        span.attributes["typst:text:fill"] = 'rgb("' .. ink .. '")'
        return span
      end
    end
    if span.classes:includes("sign") then
      return pandoc.Inlines({ pandoc.RawInline("typst", "#brief-sign["), span, pandoc.RawInline("typst", "]") })
    end
    if span.classes:includes("severity") then return pandoc.Strong(span.content) end
    if span.classes:includes("aside") or span.classes:includes("method") then return pandoc.Emph(span.content) end
  end
end

local function fill_block(div)
  if not div.classes:includes("evidence") then return nil end
  local name = div.attributes["block"]
  if not name then stop('a div of class evidence needs block="…"') end
  return pandoc.read(contents("blocks/" .. name .. ".md", "the block `" .. name .. "`"), "markdown").blocks
end

local function describe(image)
  if image.attributes["fig-alt"] then
    image.attributes["alt"] = image.attributes["fig-alt"]
    return image
  end
end

local function quoted(text)
  return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"') .. '"'
end

-- Pandoc's Typst writer drops the alternative text of images, which PDF/UA asks for.
local function figure(float)
  if not on_paper then return nil end
  local image
  float:walk({ Image = function(found) image = image or found end })
  if not (image and image.attributes["fig-alt"]) then return nil end
  local open = "#figure(image(" .. quoted(image.src) .. ", width: 100%, alt: "
    .. quoted(image.attributes["fig-alt"]) .. "), caption: ["
  local content = pandoc.Blocks({ pandoc.RawBlock("typst", open) })
  content:extend(float.caption.long)
  content:insert(pandoc.RawBlock("typst", "])"))
  return content
end

-- On paper, a div of these classes becomes a call of the Typst function of that name (styles/brief.typ).
local boxes = { "summary", "finding", "source", "excluded", "together" }
local function box(div)
  if not on_paper then return nil end
  for _, name in ipairs(boxes) do
    if div.classes:includes(name) then
      local kind = div.classes[2] and ('kind: "' .. div.classes[2] .. '"') or ""
      local content = pandoc.Blocks({ pandoc.RawBlock("typst", "#brief-" .. name .. "(" .. kind .. ")[") })
      content:extend(div.content)
      content:insert(pandoc.RawBlock("typst", "]"))
      return content
    end
  end
end

-- Quarto drops the caption of a table without a label on paper; a paragraph of its own stays.
local function caption_above(grid)
  if not on_paper or #grid.caption.long == 0 then return nil end
  local content = pandoc.Blocks({ pandoc.RawBlock("typst", "#brief-caption[") })
  content:extend(grid.caption.long)
  content:insert(pandoc.RawBlock("typst", "]"))
  grid.caption = pandoc.Caption({})
  content:insert(grid)
  return content
end

-- On a narrow screen each row becomes a card whose cells are named by their column.
local function name_cells(grid)
  if on_paper or #grid.head.rows == 0 then return nil end
  local names = {}
  for i, cell in ipairs(grid.head.rows[1].cells) do names[i] = pandoc.utils.stringify(cell.contents) end
  for _, body in ipairs(grid.bodies) do
    for _, row in ipairs(body.body) do
      for i, cell in ipairs(row.cells) do cell.attributes["data-label"] = names[i] end
    end
  end
  grid.classes:insert("cards")
  return grid
end

-- Typst makes a minus sign, a dash or an ellipsis of the signs of the text; the text is quoted, so it stays.
local function keep_signs(str)
  if not on_paper or not str.text:find("[%-%.]") then return nil end
  local parts = pandoc.Inlines({})
  for plain, signs_of_typst in str.text:gmatch("([^%-%.]*)([%-%.]*)") do
    if plain ~= "" then parts:insert(pandoc.Str(plain)) end
    if signs_of_typst ~= "" then parts:insert(pandoc.RawInline("typst", (signs_of_typst:gsub(".", "\\%0")))) end
  end
  return parts
end

function Pandoc(document)
  document = document:walk({ Div = fill_block })
  document = document:walk({ Figure = figure, Table = caption_above, Div = box })
  document = document:walk({ Span = fill_span, Image = describe, Table = name_cells })
  document.blocks = document.blocks:walk({ Str = keep_signs })
  return document
end
