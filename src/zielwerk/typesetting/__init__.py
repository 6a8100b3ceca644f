"""From a typed tree of blocks to an accessible PDF or to HTML. Needs no Django.

Owns: the blocks of a document, the Markdown of the packs, one Typst walker, one HTML walker,
the fonts. Never: what a document says, the clock, or typesetting source made of user text.
"""
