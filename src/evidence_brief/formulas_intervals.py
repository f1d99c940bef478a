"""Formulas of the confidence intervals, by what they are of and by name; symbols as in `formulas`.

Score intervals hold every value θ with (S(θ))² ≤ z² V(θ): S is how far the data lie from it, and V the variance of S at
π₁ and π₂, the likeliest proportions that have this value.
"""

from __future__ import annotations

_WALD = "p₁ − p₂ ± z √(p₁(1 − p₁)/n₁ + p₂(1 − p₂)/n₂)"
_ADDED = "l₁, u₁, l₂, u₂ the limits of both"
_SQUARED = "p₁ − p₂ − √((p₁ − l₁)² + (u₂ − p₂)²) to p₁ − p₂ + √((u₁ − p₁)² + (p₂ − l₂)²)"
_SCORE_RD = "every δ with (p₁ − p₂ − δ)² ≤ z² V, V = π₁(1 − π₁)/n₁ + π₂(1 − π₂)/n₂, π likeliest with π₁ − π₂ = δ"
_SCORE_RR = "every φ with (p₁ − φp₂)² ≤ z² V, V = π₁(1 − π₁)/n₁ + φ²π₂(1 − π₂)/n₂, π likeliest with π₁ = φπ₂"
_SCORE_OR = (
    "every ψ with (x₁ − n₁π₁)² V ≤ z², V = 1/(n₁π₁(1 − π₁)) + 1/(n₂π₂(1 − π₂)), π likeliest with the odds ratio ψ"
)
_LARGER = "; V times N/(N − 1)"
_LARGER_Z = "; z² times N/(N − 1)"
_SKEWED = "; z corrected for the third moment of the score"
_SINH = "Ratio × e^(±2 arsinh(z/2 × √v))"
_TWICE = "in either direction, the tables as far or farther reach (1 − level)/2 for some value of the other proportion"
_ONCE = "every difference or ratio under which the tables with a score of this size or more reach 1 − level for some "
_ONCE += "value of the other proportion"
_MOVER = "Donner and Zou's limits of a ratio from the interval of each part"
_CONDITIONAL = "every ψ under which neither tail of x₁, given all totals, is below (1 − level)/2"
_TAILS = "every δ under which both tails, at the likeliest proportions, are (1 − level)/2 or more"
_BLAKER = "every π under which the smaller tail of x, with the other tail not above it, is 1 − level or more"
_LIKELY = "every ψ under which the tables not likelier than this one have 1 − level or more"

INTERVALS: dict[str, dict[str, str]] = {
    "proportion": {
        "Wilson score": "(p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) ÷ (1 + z²/n)",
        "Clopper–Pearson exact": "every π under which P(X ≥ x) and P(X ≤ x) are (1 − level)/2 or more",
        "Wald": "p ± z √(p(1 − p)/n)",
        "Agresti–Coull": "p′ ± z √(p′(1 − p′)/(n + z²)), p′ = (x + z²/2) ÷ (n + z²)",
        "Mid-P exact": "every π under which both tails, x counted half, are (1 − level)/2 or more",
        "Jeffreys": "equal tails of Beta(x + ½, n − x + ½); from 0 where x = 0, to 1 where x = n",
        "Wilson score, corrected": "(2x + z² ∓ 1 ∓ z √(z² ∓ 2 − 1/n + 4p(n(1 − p) ± 1))) ÷ (2(n + z²))",
        "Wald, corrected": "p ± (z √(p(1 − p)/n) + 1/2n)",
        "Likelihood ratio": "every π with 2(ln L(p) − ln L(π)) ≤ z²",
        "Blaker exact": _BLAKER,
        "Blaker mid-P": f"{_BLAKER}, x counted half",
        "Wald, plus four": "p′ ± z √(p′(1 − p′)/(n + 4)), p′ = (x + 2) ÷ (n + 4)",
        "Logit": "odds × e^(±z √(n/(x(n − x)))) as proportions, odds = x ÷ (n − x)",
        "Arcsine": "sin²(arcsin √p′ ± z/(2√n)), p′ = (x + ⅜) ÷ (n + ¾)",
        "Modified Wilson": "Wilson's limits; near 0 and n those of the Poisson distribution",
        "Modified Jeffreys": "equal tails of Beta(x + ½, n − x + ½); other limits for x = 0, 1, n − 1, n",
        "Score, corrected for skewness": "every π with (x − nπ)/v within ±z + (z² − 1)(1 − 2π)/(6v), v = √(nπ(1 − π))",
        "Pratt": "Paulson, Camp and Pratt's normal approximation of Clopper and Pearson's limits",
    },
    "RD": {
        "Wald": _WALD,
        "Newcombe hybrid score": f"{_SQUARED}, {_ADDED} Wilson intervals",
        "Miettinen–Nurminen": _SCORE_RD + _LARGER,
        "Mee score": _SCORE_RD,
        "Agresti–Caffo": f"{_WALD}, with p = (x + 1) ÷ (n + 2) and n + 2",
        "Wald, corrected": f"{_WALD}, wider by (1/n₁ + 1/n₂)/2 at each end",
        "Wald, corrected as by R": f"{_WALD}, wider at each end by (1/n₁ + 1/n₂)/2 or |p₁ − p₂| if that is less",
        "Newcombe hybrid score, corrected": f"{_SQUARED}, {_ADDED} Wilson intervals with continuity correction",
        "Chan–Zhang exact": f"by the score: every δ under which, {_TWICE}",
        "Agresti–Min exact": _ONCE,
        "Santner–Snell exact": f"by p₁ − p₂: every δ under which, {_TWICE}",
        "Hauck–Anderson": f"{_WALD}, with n − 1 for n, wider by 1/(2 × the smaller n) at each end",
        "Profile likelihood": "every δ with 2(ln L(p₁, p₂) − ln L(π₁, π₂)) ≤ z², π likeliest with π₁ − π₂ = δ",
        "Tail-area profile, exact": _TAILS,
        "Tail-area profile, mid-P": f"{_TAILS}, the observed table counted half",
        "Beal, Haldane": "every δ with (p₁ − p₂ − δ)² ≤ z² V(δ), V with the mean of p₁ and p₂",
        "Beal, Jeffreys–Perks": "every δ with (p₁ − p₂ − δ)² ≤ z² V(δ), V with the mean of (x + ½)/(n + 1)",
        "MOVER, Jeffreys": f"{_SQUARED}, p the medians and {_ADDED} posteriors Beta(x + ½, n − x + ½)",
        "Brown–Li": f"{_WALD}, with p = (x + ½) ÷ (n + 1)",
        "Miettinen–Nurminen and Brown–Li": "⅔ × Miettinen and Nurminen's limit + ⅓ × Brown and Li's",
        "Carlin–Louis": f"{_WALD}, with p = (x + 1) ÷ (n + 2) and n + 3",
        "Mee, corrected for skewness": _SCORE_RD + _SKEWED,
        "Score, corrected for skewness": _SCORE_RD + _LARGER + _SKEWED,
    },
    "RR": {
        "Log (Katz)": "RR × e^(±z √(1/x₁ − 1/n₁ + 1/x₂ − 1/n₂))",
        "Miettinen–Nurminen": _SCORE_RR + _LARGER,
        "Koopman score": _SCORE_RR,
        "Log, ½ added where a cell is 0": "RR × e^(±z √(1/x₁ − 1/n₁ + 1/x₂ − 1/n₂)), with x + ½ and n + 1",
        "Adjusted log": "RR × e^(±z √(1/x₁ − 1/n₁ + 1/x₂ − 1/n₂)), with x + ½ and n + ½",
        "MOVER, Wilson": f"{_MOVER}, by Wilson's score",
        "Price–Bonett": "RR × e^(±z √(1/x₁ − 1/n₁ + 1/x₂ − 1/n₂)), with x + ¼ and n + 1¾",
        "Inverse sinh": f"{_SINH.replace('Ratio', 'RR')}, v = 1/x₁ − 1/n₁ + 1/x₂ − 1/n₂",
        "Adjusted inverse sinh": f"{_SINH.replace('Ratio', 'RR')}, v = 1/x₁ − 1/(n₁ + 1) + 1/x₂ − 1/(n₂ + 1)",
        "Chan–Zhang exact": f"by the score: every φ under which, {_TWICE}",
        "Agresti–Min exact": _ONCE,
        "Koopman, corrected for skewness": _SCORE_RR + _SKEWED,
        "Score, corrected for skewness": _SCORE_RR + _LARGER + _SKEWED,
    },
    "OR": {
        "Log (Woolf)": "OR × e^(±z √(1/a + 1/b + 1/c + 1/d))",
        "Exact conditional": _CONDITIONAL,
        "Miettinen–Nurminen": _SCORE_OR + _LARGER_Z,
        "Log, ½ added where a cell is 0": "OR × e^(±z √(1/a + 1/b + 1/c + 1/d)), ½ added to each cell",
        "Log, ½ added": "OR × e^(±z √(1/a + 1/b + 1/c + 1/d)), ½ added to each cell",
        "Cornfield score": _SCORE_OR,
        "Cornfield, corrected": _SCORE_OR.replace("(x₁ − n₁π₁)²", "(|x₁ − n₁π₁| − ½)²"),
        "Mid-P conditional": f"{_CONDITIONAL}, the observed table counted half",
        "Baptista–Pike exact": _LIKELY,
        "Baptista–Pike mid-P": f"{_LIKELY}, this one counted half",
        "MOVER, Wilson": f"{_MOVER}, the odds of Wilson's limits",
        "Independence-smoothed logit": "OR × e^(±z √(1/a + 1/b + 1/c + 1/d)), 2 × row total × column total ÷ N² added "
        "to each cell",
        "Inverse sinh": f"{_SINH.replace('Ratio', 'OR')}, v = 1/a + 1/b + 1/c + 1/d",
        "Adjusted inverse sinh": f"{_SINH.replace('Ratio', 'OR')}, v = 1/a + 1/b + 1/c + 1/d; 0.45 added to each cell "
        "of OR, 0.25 to those of v",
        "Cornfield, corrected for skewness": _SCORE_OR.replace("(x₁ − n₁π₁)²", "(|x₁ − n₁π₁| − ½)²")
        + "; z corrected for bias and the third moment of the score",
        "Score, corrected for skewness": _SCORE_OR
        + _LARGER_Z
        + "; z corrected for bias and the third moment of the score",
    },
    "mean": {
        "Student t": "m ± t s/√n, t with n − 1 degrees of freedom",
        "Normal": "m ± z s/√n",
    },
    "MD": {
        "Student t": "m₁ − m₂ ± t √(s²(1/n₁ + 1/n₂)), s² = ((n₁ − 1)s₁² + (n₂ − 1)s₂²) ÷ (n₁ + n₂ − 2), t with "
        "n₁ + n₂ − 2 degrees of freedom",
        "Welch t": "m₁ − m₂ ± t √(v₁ + v₂), v = s²/n, t with (v₁ + v₂)² ÷ (v₁²/(n₁ − 1) + v₂²/(n₂ − 1)) degrees of "
        "freedom",
    },
    "correlation": {"Fisher z": "tanh(artanh r ± z/√(n − 3))"},
}
