"""Adjustments: money that moves between bodies and the state during the year.

Purpose: waive, reallocate and cover, each declared by one person and decided by a second.
Owns the moves. Never trades between bodies: what one waives goes back to the ministry first.
"""
