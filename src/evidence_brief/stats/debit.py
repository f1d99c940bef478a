"""Which counts of a binary outcome have the printed mean and standard deviation (DEBIT)?

Heathers JAJ, Brown NJL. DEBIT: a simple consistency test for binary data. 2019. https://osf.io/5vb3u/
Of n values of which x are 1 and the others 0, the mean is x/n and the variance x(n − x)/(n(n − 1)).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass
