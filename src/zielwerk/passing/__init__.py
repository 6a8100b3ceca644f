"""Passing on (Weiterleitung): what a body gives of its grant to a Träger, measure by measure.

Purpose: draft how a grant is passed on, check it, bring it into force with its document and the
conditions inherited from the notice; note what was spent and which papers came; show on one page
how all of it stands, and remind those who owe something. Owns pass-ons, what is passed on by budget
year, what was spent, papers, and reminders. Never grants and never pays; what is in force is
changed by another pass-on alone.
"""
