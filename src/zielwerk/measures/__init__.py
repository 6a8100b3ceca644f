"""The measures (Maßnahmen): as bodies plan them, as agreements name them, and who carries them out.

Owns: what is planned of a measure, with every version and its targets; a measure's type, title
and place among its body's measures of a year; who carries it out (body, Träger, own company),
how the work is passed on, and for how long. Never: money (the ledger has it; what is planned
binds none) and people (they stay with the body and its Träger).
"""
