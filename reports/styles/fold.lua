-- The code of a notebook's cells, closed until it is asked for, as Quarto's `code-fold: true` has it.
function Div(cell)
  if not (cell.classes:includes("cell") and cell.classes:includes("code")) then return nil end
  return cell:walk({ CodeBlock = function(code)
    if not code.classes:includes("python") then return nil end
    local open = pandoc.RawBlock("html", '<details class="code-fold"><summary>Code</summary>')
    return { open, code, pandoc.RawBlock("html", "</details>") }
  end })
end
