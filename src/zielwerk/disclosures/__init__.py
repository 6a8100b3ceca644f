"""Disclosures (Pflichtangaben): what whoever runs an installation must tell the public.

Purpose: the accessibility statement, the imprint and the privacy page, filled from the operator's
file and the law of the land; the start page and the statement in Leichte Sprache; the place for
the video in German Sign Language.
Owns: these pages and no table. Never: a value of its own about an operator, a cookie, or a
promise that nobody made; what is not known is said to be so.
"""
