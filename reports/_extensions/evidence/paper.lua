-- What Typst needs to be told in its own language: inks, boxes, alternative texts, captions, signs.

local paper = {}

-- For paper, where no style sheet reaches: dark enough for a contrast of 4.5 on white.
local inks = {
  contradicted = "#a3161f", reproduced = "#0d6b46", ["reproduced-if"] = "#855400",
  possible = "#1f5f93", unchecked = "#5a6570",
}

local function unbroken(span)
  return pandoc.Inlines({ pandoc.RawInline("typst", "#box["), span, pandoc.RawInline("typst", "]") })
end

function paper.span(span)
  for verdict, ink in pairs(inks) do
    if span.classes:includes(verdict) then
      span.attributes["typst:text:fill"] = 'rgb("' .. ink .. '")'
      return span.classes:includes("tally") and unbroken(span) or span
    end
  end
  if span.classes:includes("sign") then
    return pandoc.Inlines({ pandoc.RawInline("typst", "#evidence-sign["), span, pandoc.RawInline("typst", "]") })
  end
  if span.classes:includes("severity") then return pandoc.Strong(span.content) end
  if span.classes:includes("lead-in") or span.classes:includes("method") then return pandoc.Emph(span.content) end
end

local function quoted(text)
  return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"') .. '"'
end
paper.quoted = quoted

-- Pandoc's Typst writer drops the alternative text of images, which PDF/UA asks for.
function paper.figure(float)
  local image
  float:walk({ Image = function(found) image = image or found end })
  if not (image and image.attributes["fig-alt"]) then return nil end
  local open = "#figure(image(" .. quoted(image.src) .. ", width: 100%, alt: "
    .. quoted(image.attributes["fig-alt"]) .. "), caption: ["
  local content = pandoc.Blocks({ pandoc.RawBlock("typst", open) })
  content:extend(float.caption.long)
  local label = float.identifier ~= "" and " <" .. float.identifier .. ">" or ""
  content:insert(pandoc.RawBlock("typst", "])" .. label))
  return content
end

-- The same of an image in a line of text.
function paper.image(image)
  if not image.attributes["fig-alt"] then return nil end
  return pandoc.RawInline("typst", "#box(image(" .. quoted(image.src) .. ", width: "
    .. (image.attributes["width"] or "auto") .. ", alt: " .. quoted(image.attributes["fig-alt"]) .. "))")
end

-- A div of these classes becomes a call of the Typst function of that name (evidence.typ).
local boxes = {
  "summary", "finding", "source", "excluded", "together", "derivation", "derivations", "columns",
  "fit", "rest", "ruled", "picture", "answer",
}
local function call(name)
  return pandoc.RawBlock("typst", "#evidence-" .. name)
end

-- What stands side by side: each div in it is a cell.
local function beside(div)
  local content = pandoc.Blocks({ call("beside(") })
  for _, cell in ipairs(div.content) do
    content:insert(pandoc.RawBlock("typst", "["))
    content:extend(cell.content)
    content:insert(pandoc.RawBlock("typst", "],"))
  end
  content:insert(pandoc.RawBlock("typst", ")"))
  return content
end

function paper.box(div)
  if div.classes:includes("beside") then return beside(div) end
  for _, name in ipairs(boxes) do
    if div.classes:includes(name) then
      local kind = div.classes[2] and ('kind: "' .. div.classes[2] .. '"') or ""
      local content = pandoc.Blocks({ call(name .. "(" .. kind .. ")[") })
      content:extend(div.content)
      content:insert(pandoc.RawBlock("typst", "]" .. (div.identifier ~= "" and " <" .. div.identifier .. ">" or "")))
      return content
    end
  end
end

-- Quarto drops the caption of a table without a label on paper; a paragraph of its own stays.
function paper.caption_above(grid)
  if #grid.caption.long == 0 then return nil end
  local content = pandoc.Blocks({ pandoc.RawBlock("typst", "#evidence-caption[") })
  content:extend(grid.caption.long)
  content:insert(pandoc.RawBlock("typst", "]"))
  grid.caption = pandoc.Caption({})
  content:insert(grid)
  return content
end

-- Typst puts each term on a line of its own.
function paper.terms(list)
  local content = pandoc.Blocks({})
  for _, item in ipairs(list.content) do
    local inlines = pandoc.Inlines({ pandoc.RawInline("typst", "#evidence-term[") })
    inlines:extend(item[1])
    inlines:insert(pandoc.RawInline("typst", "]["))
    inlines:extend(pandoc.utils.blocks_to_inlines(item[2][1]))
    inlines:insert(pandoc.RawInline("typst", "]"))
    content:insert(pandoc.Para(inlines))
  end
  return content
end

-- Typst makes a minus sign, a dash or an ellipsis of the signs of the text; the text is quoted, so it stays.
function paper.keep_signs(str)
  if not str.text:find("[%-%.]") then return nil end
  local parts = pandoc.Inlines({})
  for plain, signs in str.text:gmatch("([^%-%.]*)([%-%.]*)") do
    if plain ~= "" then parts:insert(pandoc.Str(plain)) end
    if signs ~= "" then parts:insert(pandoc.RawInline("typst", (signs:gsub(".", "\\%0")))) end
  end
  return parts
end

-- What stands at the foot of each page.
function paper.facts(meta)
  local facts = {}
  for _, name in ipairs({ "study", "version", "permalink", "kicker" }) do
    if meta[name] then table.insert(facts, name .. ": " .. quoted(pandoc.utils.stringify(meta[name]))) end
  end
  local written = #facts == 0 and ":" or table.concat(facts, ", ") .. ","
  return pandoc.RawBlock("typst", "#evidence-facts((" .. written .. "))")
end

return paper
