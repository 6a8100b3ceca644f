"""Programme packs: what a funding programme says in one year, as data.

Purpose: next year, or another state's programme, is a new folder of TOML and Markdown and
no new code.
Owns: the schema of a pack (``model``) and of what is invented for the demo (``demo``),
reading both with every fault named by file, line and field (``loading``), what a year takes
over from the year before (``inheritance``), the law by date (``law``), checking and beginning
packs (``inspection``, ``new_year``), what differs between two years (``differences``), the
packs themselves; and what every public website of a land must say (``land``), the operator's own
file (``operator``), a programme in Leichte Sprache (``easy``) and the protocol for a walk with a
screen reader (``walk``).
Never: Django, a database, the clock, a decision. It computes nothing and renders nothing;
a fact that no public source states carries ``assumed``.
"""
