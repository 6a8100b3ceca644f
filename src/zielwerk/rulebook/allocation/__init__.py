"""Allocation: how a total is shared among regional bodies by a key, to the cent.

Which key a programme uses is its own data; this is only the arithmetic, in whole numbers and
exact fractions:

1. The *share* of a body is the weighted sum of its parts of each indicator's total; the
   weights are normalised, so all shares add up to one.
2. *Limits* (floor, cap, change against last year) are rounded inward to whole units.
3. What each body gets before rounding is ``clamp(base + λ · share, lower, upper)``, with the
   one λ ≥ 0 that meets the total rounded down to units. λ is found on the corners of that
   piecewise linear sum, so it is exact.
4. The amounts become whole units by the *method* of the key: ``sainte_lague`` or
   ``hare_niemeyer`` (see :mod:`zielwerk.rulebook.allocation.rounding`). A limit is a whole
   number of units, so neither oversteps one.
5. What of the total is below one unit stays as the residual.
6. A change *across the board*, where there is one, multiplies all amounts by one factor so
   that they meet the changed total within the same limits, again in whole units.

λ is never negative: with a negative one, more need would bring less money. Bases that
exceed the total are therefore refused, unless caps bring them below it. A body without need
stays at its base, within its limits.

What holds by either method: the amounts and the residual add up to the total; the order of the
rows and the scale of the weights do not matter; a body whose own need grows, all else equal,
never gets less, to the cent; among bodies with the same limits the needier never gets less,
where λ is not zero. What holds by ``sainte_lague`` only: when the total grows, all else equal,
nobody gets less; by ``hare_niemeyer`` a larger total can cost a body one unit.

A change across the board starts from the amounts of the key. From the same start, by
``sainte_lague``, a smaller cut or a larger raise costs nobody. What no method can promise
beside that: that a larger total *before* the change costs nobody, since then the same sum would
have to be shared alike from whatever start.
"""

from zielwerk.rulebook.allocation.across import Across, changed_total, total_of
from zielwerk.rulebook.allocation.arithmetic import arithmetic
from zielwerk.rulebook.allocation.compute import Allocation, Share, allocate
from zielwerk.rulebook.allocation.explain import Explanation, Term, explain
from zielwerk.rulebook.allocation.key import Key, Need, is_ags, key_refusals, need_refusals
from zielwerk.rulebook.allocation.last_year import (
    LAST_YEAR_LABELS,
    LastYear,
    last_year_amounts,
)
from zielwerk.rulebook.allocation.limits import LIMIT_LABELS, LimitName, Limits, limits_of
from zielwerk.rulebook.allocation.method import (
    HARE_NIEMEYER,
    METHOD_MEANINGS,
    METHODS,
    SAINTE_LAGUE,
    Method,
    usual_method,
)
from zielwerk.rulebook.allocation.override import (
    BEYOND_LABELS,
    Assignment,
    Beyond,
    Distribution,
    Override,
    beyond,
    distribute,
)

__all__ = [
    "BEYOND_LABELS",
    "HARE_NIEMEYER",
    "LAST_YEAR_LABELS",
    "LIMIT_LABELS",
    "METHODS",
    "METHOD_MEANINGS",
    "SAINTE_LAGUE",
    "Across",
    "Allocation",
    "Assignment",
    "Beyond",
    "Distribution",
    "Explanation",
    "Key",
    "LastYear",
    "LimitName",
    "Limits",
    "Method",
    "Need",
    "Override",
    "Share",
    "Term",
    "allocate",
    "arithmetic",
    "beyond",
    "changed_total",
    "distribute",
    "explain",
    "is_ags",
    "key_refusals",
    "last_year_amounts",
    "limits_of",
    "need_refusals",
    "total_of",
    "usual_method",
]
