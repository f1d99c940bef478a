"""Gauss–Legendre rules, kept once made."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]


@lru_cache(maxsize=8)
def gauss_legendre(points: int) -> tuple[Floats, Floats]:
    """Nodes within −1 to 1 and weights of the rule with so many points (1 or more)."""
    import numpy as np  # here, because importing NumPy takes long

    nodes, weights = np.polynomial.legendre.leggauss(points)
    return nodes, weights
