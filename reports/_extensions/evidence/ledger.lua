-- The ledger as a table, where a document has the ledger file alone and no block made from it.

local function cell(text)
  return { pandoc.Plain({ pandoc.Str(text) }) }
end

local function row(figures, claim)
  local name = pandoc.Span({ pandoc.Str(claim.label) }, pandoc.Attr("how-" .. claim.id))
  local verdict = figures.signs[claim.verdict] .. " " .. figures.words[claim.verdict]:gsub("^%l", string.upper)
  local why = claim.why
  if type(claim.condition) == "string" then why = why .. " If " .. claim.condition .. "." end
  return {
    { pandoc.Plain({ name }) },
    { pandoc.Plain({ pandoc.Strong({ pandoc.Str(claim.printed) }) }) },
    cell(type(claim.recomputed) == "string" and claim.recomputed or "–"),
    { pandoc.Plain({ pandoc.Span({ pandoc.Str(verdict) }, pandoc.Attr("", { "verdict", claim.verdict })) }) },
    cell(why),
  }
end

return function(figures)
  local rows, heads = {}, {}
  for i, claim in ipairs(figures.ledger().rows) do rows[i] = row(figures, claim) end
  for i, head in ipairs({ "Figure", "Printed", "Recomputed", "Verdict", "Why" }) do heads[i] = cell(head) end
  local left = pandoc.AlignLeft
  return pandoc.utils.from_simple_table(pandoc.SimpleTable(
    {}, { left, left, left, left, left }, { 0.24, 0.12, 0.15, 0.14, 0.35 }, heads, rows
  ))
end
