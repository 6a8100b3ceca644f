"""The measures (Maßnahmen) that agreements name and notices will fund.

Owns: a measure's type, title and place among its body's measures of a year; who carries it
out (body, Träger, own company), how the work is passed on, and for how long. Never: money
(the ledger has it) and people (they stay with the body and its Träger).
"""
