"""Succession: bodies merge, split or are renamed, and what they hold passes on.

Purpose: carry out what the programme declares, by two persons. Owns the acts and the records of
what passed from whom to whom. Never decides who succeeds whom: that is the programme's data.
"""
