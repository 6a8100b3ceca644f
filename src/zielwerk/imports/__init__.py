"""Imports: tables that people send in, looked at first, then written as a whole or not at all.

Purpose: keep a table as it was sent, show what was understood of it and every fault, and have
it written in one transaction. Owns the tables sent in. What a table may hold each room says
itself, on its shelf ``tables``.
"""
