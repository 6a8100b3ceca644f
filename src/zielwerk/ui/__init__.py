"""The kit of which all pages are built: layout, lists, forms, acts, case pages, pictures.

Owns: how a page is framed, how a list is drawn and exported, how a form answers, how a refusal
is said, and the door through which every request comes. Never: a noun of the funding business,
a row of a table. ``docs/handbook/ui-kit.md`` says which tag is for what.
"""
