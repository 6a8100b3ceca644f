"""The law as pure Python.

Owns: rules as functions over plain values, each with its citation and a worked example
in ``tests/rulebook``. Never: Django, files, network, the clock, a language.
"""
