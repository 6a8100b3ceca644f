"""Data to papers: a document drafted from a year's clauses, what is agreed, and nothing else.

A document is structured data: clauses of pieces (paragraphs, items of lists, places of lists),
and the content that fills their slots. Every clause, piece and entry has an id that stays from
version to version; page, PDF, plain text, JSON and redline are views of it. An amount stands in
it once, however often the text names it.

Knows no Django and no database: ``reading`` is the way back.
"""
