"""Amounts read back from pages: with cents, or without where a column is of whole euros."""

import re


def cents(amount: str) -> int:
    digits = int(re.sub(r"[^0-9]", "", amount))
    has_cents = re.search(r"[,.]\d\d(?!\d)", amount)
    return (-1 if amount.startswith(("-", "−")) else 1) * digits * (1 if has_cents else 100)
