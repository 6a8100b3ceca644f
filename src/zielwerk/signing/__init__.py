"""Electronic signatures in PDFs: prepared, made one after the other, checked. Needs no Django.

Owns: the fields for signatures, the signing, the folder of authorities that are trusted, the
verdict about a file and its sentences. Never: who must sign, what is agreed, the network. What it
imports is large: doors that only check a file call :mod:`zielwerk.signing.apart`, which does so in
a process of its own.
"""
