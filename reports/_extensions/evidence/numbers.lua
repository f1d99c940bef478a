-- Numbers of figures, and references to them, alike in every engine: Quarto does not see what a filter puts in.

local figures = ...

-- Figures with a label `fig-…` are numbered in their order; the number stands before the caption.
local function number(document)
  local numbers, count = {}, 0
  return document:walk({
    Figure = function(float)
      local caption = float.caption.long[1]
      if not (float.identifier:match("^fig%-") and caption) then return nil end
      count = count + 1
      numbers[float.identifier] = "Figure " .. count
      local said = pandoc.Span({ pandoc.Str(numbers[float.identifier] .. ".") }, pandoc.Attr("", { "evidence-xref" }))
      caption.content:insert(1, pandoc.Space())
      caption.content:insert(1, said)
      return float
    end,
  }), numbers
end

-- `@fig-proportions` in a text becomes a link to the figure. Quarto has figures of its own, and finds those by itself;
-- elsewhere a figure that is not there stops the build.
return function(document)
  local numbered, numbers = number(document)
  return numbered:walk({
    Cite = function(cite)
      local name = cite.citations[1].id
      if not name:match("^fig%-") then return nil end
      if not numbers[name] and quarto then return nil end
      if not numbers[name] then figures.stop("no figure has the label `" .. name .. "`") end
      return pandoc.Link(numbers[name], "#" .. name, "", pandoc.Attr("", { "evidence-xref" }))
    end,
  })
end
