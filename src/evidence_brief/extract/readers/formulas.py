"""Formulas as one line of text: presentation MathML, and the TeX that stands where there is no MathML."""

from __future__ import annotations

import re
from typing import Any

from evidence_brief.extract.readers.signs import lowered, raised

_SIGNS = {
    "pm": "±", "times": "×", "cdot": "·", "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥",
    "geqslant": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "sim": "~", "infty": "∞", "sum": "∑", "div": "÷",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "Delta": "Δ", "epsilon": "ε", "varepsilon": "ε",
    "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "pi": "π", "rho": "ρ",
    "sigma": "σ", "Sigma": "Σ", "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Omega": "Ω", "circ": "°", "lt": "<", "gt": ">", "to": "→", "rightarrow": "→", "log": "log", "ln": "ln",
    "exp": "exp", "min": "min", "max": "max", "mid": "|", "ldots": "…", "dots": "…",
}  # fmt: skip
_DEEPEST = 30  # groups inside groups; deeper ones lose their braces
_INNER = r"\s*\{([^{}]*)\}"
_GROUP = re.compile(
    rf"\\(?:text|math|rm|bf|it|overline|hat|bar|operatorname)[A-Za-z]*\*?{_INNER}|\\sqrt{_INNER}|\^{_INNER}|_{_INNER}"
)
_FRACTION = re.compile(rf"\\[dt]?frac{_INNER}{_INNER}")
_PLAIN = re.compile(r"\{([^{}]*)\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)|\\(.)", re.DOTALL)
_SPACES = frozenset({",", ";", ":", "!", " ", "\\"})


def mathml_text(element: Any) -> str:
    """The formula as it is read aloud: children in their order, powers raised, fractions with a slash."""
    tag = str(element.tag).rpartition("}")[2]
    if not isinstance(element.tag, str) or tag in ("annotation", "annotation-xml", "mphantom"):
        return ""
    if tag in ("mi", "mn", "mo", "mtext", "ms"):
        return " ".join("".join(element.itertext()).split()) if tag != "mtext" else "".join(element.itertext())
    parts = [mathml_text(child) for child in element if isinstance(child.tag, str)]
    if tag == "mspace":
        return " "
    if tag in ("msup", "msub", "msubsup", "mfrac") and len(parts) >= 2:
        return _scripts(tag, parts)
    if tag in ("msqrt", "mroot"):
        return f"√({parts[0] if tag == 'mroot' and parts else ''.join(parts)})"
    if tag == "mfenced":
        return f"{element.get('open', '(')}{', '.join(parts)}{element.get('close', ')')}"
    if tag in ("mtr", "mlabeledtr"):
        return " ".join(parts) + " "
    return (element.text or "").strip() + "".join(parts)


def _scripts(tag: str, parts: list[str]) -> str:
    if tag == "mfrac":
        return "/".join(_together(part) for part in parts[:2])
    below = lowered(parts[1]) if tag in ("msub", "msubsup") else ""
    above = raised(parts[-1], "") if tag in ("msup", "msubsup") else ""
    return parts[0] + below + above


def _together(text: str) -> str:
    return text if re.fullmatch(r"[\w.,]*", text) else f"({text})"


def tex_text(source: str) -> str:
    """The formula that a piece of TeX prints, as far as plain signs can show it."""
    text = source.partition(r"\begin{document}")[2].partition(r"\end{document}")[0] or source
    text = re.sub(r"\\(?:left|right|big|Big|displaystyle|limits|nolimits)(?![A-Za-z])|\$|\\[\[\]()]", "", text)
    text = re.sub(r"\\(?:begin|end)\{[^{}]*\}", " ", text)
    for _ in range(_DEEPEST):
        before = text
        text = _FRACTION.sub(lambda found: f"{_together(found[1])}/{_together(found[2])}", _GROUP.sub(_group, text))
        if text == before:
            text = _PLAIN.sub(r"\1", text)
        if text == before:
            break
    text = re.sub(r"\^\s*([^\s\\])", lambda found: raised(found[1], ""), text)
    text = re.sub(r"_\s*([^\s\\])", lambda found: lowered(found[1]), text)
    return _COMMAND.sub(_command, text).replace("{", "").replace("}", "").replace("~", " ").replace("&", " ")


def _group(found: re.Match[str]) -> str:
    inner, root, above, below = found.groups()
    if root is not None:
        return f"√({root})"
    if above is not None:
        return raised(_COMMAND.sub(_command, above), "") if above.strip() else ""
    return inner if inner is not None else lowered(below)


def _command(found: re.Match[str]) -> str:
    name, sign = found[1], found[2]
    if name:
        return _SIGNS.get(name, " ")
    return " " if sign in _SPACES else sign
