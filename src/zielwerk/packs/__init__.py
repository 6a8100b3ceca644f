"""Programme packs: what a funding programme says in one year, as data.

Purpose: next year, or another state's programme, is a new folder of TOML and Markdown and
no new code.
Owns: the schema of a pack (``model``), reading it with every fault named by file, line and
field (``loading``), and the packs themselves with the demo's invented agreements.
Never: Django, a database, the clock, a decision. It computes nothing and renders nothing;
a fact that no public source states carries ``assumed``.
"""
