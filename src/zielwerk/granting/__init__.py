"""Granting: the notice by which money is granted, its delivery, and the acts that change it.

Purpose: decide about an application by measure and budget year, issue the notice with document and
booking in one act, follow its days until nobody can contest it, change it by typed acts. Owns
notices, what they grant, what happened with them, and acts. Never edits what was issued, never
pays.
"""
