-- {{< evidence remission.ivig >}}             the figure as printed
-- {{< evidence recomputed remission.p >}}     the figure as recomputed
-- {{< evidence derived remission.p.rd >}}     what follows from reported figures
--
-- Quarto reads shortcodes after the filter has looked which derivations the document holds: these figures lead
-- to the page that the metadata `evidence-page` name, and nowhere without it.

local figures = dofile(quarto.utils.resolve_path("figures.lua"))

return {
  evidence = function(arguments, _, meta)
    figures.locate(meta)
    local linked = figures.lead_to(meta)
    local words = {}
    for i, argument in ipairs(arguments) do words[i] = pandoc.utils.stringify(argument) end
    local id, kind = words[#words], #words > 1 and words[1] or "reported"
    if not id or #words > 2 then figures.stop("the shortcode takes `[reported|recomputed|derived] ID`") end
    if not figures.makers[kind] then figures.stop("no kind of figure is called `" .. kind .. "`") end
    local made = pandoc.Inlines(figures.makers[kind](id))
    if linked then return made end
    return made:walk({ Link = figures.unlinked })
  end,
}
