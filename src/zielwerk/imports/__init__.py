"""Imports: tables that people send in, previewed first, then written as a whole or not at all.

Purpose: keep a table as it was sent, show its sound rows and every fault, and have it written
in one transaction. Owns the tables sent in. The columns and rules of each kind of table are
their room's, on its shelf ``tables``.
"""
