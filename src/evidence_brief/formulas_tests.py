"""Formulas of the tests, by their names in the ledger; symbols as in `formulas`."""

from __future__ import annotations

_FISHER = "P(table) = C(n₁, x₁) C(n₂, x₂) ÷ C(N, x₁ + x₂)"
_POOLED = "z = (p₁ − p₂) ÷ √(p(1 − p)(1/n₁ + 1/n₂)), p = (x₁ + x₂) ÷ N"
_UNPOOLED = "z = (p₁ − p₂) ÷ √(p₁(1 − p₁)/n₁ + p₂(1 − p₂)/n₂)"
_MOST = "the largest probability, over every proportion that both groups may share, of the tables"
_PEARSON = "χ² = Σ (O − E)²/E over the cells, E = row total × column total ÷ N"

TESTS: dict[str, str] = {
    # Two proportions
    "Pearson χ²": _PEARSON,
    "Yates χ²": "χ² = Σ (|O − E| − ½)²/E over the cells, |O − E| − ½ not below 0",
    "N − 1 χ²": "χ² = (N − 1)/N × Σ (O − E)²/E over the cells",
    "Likelihood ratio χ²": "G = 2 Σ O ln(O/E) over the cells, E = row total × column total ÷ N",
    "Fisher exact": f"Σ P(table) of the tables with these totals that are not likelier than this one; {_FISHER}",
    "Fisher exact, 2 × one-sided": f"2 × the smaller tail Σ P(table), at most 1; {_FISHER}",
    "Mid-P, 2 × one-sided": f"2 × (the smaller tail Σ P(table) − ½ P(this table)); {_FISHER}",
    "Mid-P, by two-sided Fisher": f"Fisher's two-sided P − ½ P(this table); {_FISHER}",
    "Barnard, pooled": f"{_MOST} with |z| of this table or more; {_POOLED}",
    "Barnard, unpooled": f"{_MOST} with |z| of this table or more; {_UNPOOLED}",
    "Boschloo, by two-sided Fisher": f"{_MOST} whose two-sided P of Fisher's test is that of this table or less",
    "Boschloo, 2 × one-sided": f"2 × {_MOST} whose one-sided P of Fisher's test is the smaller one of this table or "
    "less, at most 1",
    "z, pooled": _POOLED,
    "z, unpooled": _UNPOOLED,
    "Fisher exact, one-sided": f"Σ P(table) of the tables as far or farther in the observed direction; {_FISHER}",
    "Pearson χ², half": f"half of the two-sided P: {_PEARSON}",
    "Mid-P, one-sided": f"Fisher's one-sided P − ½ P(this table); {_FISHER}",
    "Barnard, pooled, one-sided": f"{_MOST} with z as far or farther in the observed direction; {_POOLED}",
    "Boschloo, one-sided": f"{_MOST} whose one-sided P of Fisher's test is that of this table or less",
    "P value of two proportions": "P of each test that was tried, of x₁ of n₁ against x₂ of n₂",
    # Several proportions
    "Fisher–Freeman–Halton exact": "Σ P(table) of the tables with these totals that are not likelier than this one; "
    "P(table) = Π row total! × Π column total! ÷ (N! × Π cell!)",
    "Cochran–Armitage trend": "χ² = N(N Σ tx − X Σ tn)² ÷ (X(N − X)(N Σ t²n − (Σ tn)²)), t = 0, 1, 2, … the groups "
    "in order, X = Σ x",
    "P value of several proportions": "P of each test that was tried, of the table of groups",
    # Paired proportions; b and c are the patients who changed in either direction
    "McNemar χ²": "χ² = (b − c)² ÷ (b + c), b and c the patients who changed in either direction",
    "McNemar χ², corrected": "χ² = (|b − c| − 1)² ÷ (b + c), b and c the patients who changed in either direction",
    "McNemar exact": "2 × P(X ≤ the smaller of b and c), at most 1, X of b + c fair tosses; b and c the patients who "
    "changed in either direction",
    "McNemar mid-P": "2 × P(X < k) + P(X = k), k the smaller of b and c, X of b + c fair tosses; 1 − ½ P(X = k) where "
    "b = c; b and c the patients who changed in either direction",
    "P value of paired proportions": "P of each test that was tried, of the patients who changed",
    # Means
    "Student t": "t = (m₁ − m₂) ÷ √(s²(1/n₁ + 1/n₂)), s² = ((n₁ − 1)s₁² + (n₂ − 1)s₂²) ÷ (n₁ + n₂ − 2); "
    "n₁ + n₂ − 2 degrees of freedom",
    "Welch t": "t = (m₁ − m₂) ÷ √(v₁ + v₂), v = s²/n; (v₁ + v₂)² ÷ (v₁²/(n₁ − 1) + v₂²/(n₂ − 1)) degrees of freedom",
    "Analysis of variance": "F = Σ nᵢ(mᵢ − m)²/(k − 1) ÷ (Σ (nᵢ − 1)sᵢ²/(N − k)), of k groups; "
    "k − 1 and N − k degrees of freedom",
    "Welch's analysis of variance": "F = Σ wᵢ(mᵢ − M)²/(k − 1) ÷ (1 + 2(k − 2)/(k² − 1) × h), wᵢ = nᵢ/sᵢ², "
    "M = Σ wᵢmᵢ/Σ wᵢ, h = Σ (1 − wᵢ/Σ wᵢ)²/(nᵢ − 1); k − 1 and (k² − 1)/(3h) degrees of freedom",
    "P value of means": "P of each test that was tried, of the means, SDs and numbers of patients",
    "Paired t test, by correlation": "t = (m₁ − m₂) ÷ √((s₁² + s₂² − 2 r s₁ s₂)/n), n − 1 degrees of freedom, "
    "for every correlation r",
    "t test of the change": "t = m ÷ (s/√n) of the change, n − 1 degrees of freedom",
    # Statistics
    "z distribution": "P(|Z| ≥ |z|), Z normal",
    "t distribution": "P(|T| ≥ |t|), T of Student's distribution with these degrees of freedom",
    "F distribution": "P(X ≥ F), X of the F distribution with these degrees of freedom",
    **{
        f"{letter} distribution": f"P(X ≥ {letter}), X of the χ² distribution with these degrees of freedom"
        for letter in ("χ²", "Q", "H", "G")
    },
    **{
        f"{name} distribution": "t = r √(df/(1 − r²)), df = n − 2, with P of Student's distribution"
        for name in ("r", "Spearman r")
    },
    "Test statistic": "the statistic of each test that was tried",
    "P value of a test statistic": "the tail of the statistic's distribution",
    "Mann–Whitney U": "0 ≤ U ≤ n₁n₂; z = (U − n₁n₂/2) ÷ √(n₁n₂(N + 1)/12), or the exact distribution of U",
    "P value from estimate and interval": "z = estimate ÷ SE, SE = (upper limit − lower limit) ÷ 2z; of ratios their "
    "logarithms",
    "P value": "0 ≤ P ≤ 1",
}
