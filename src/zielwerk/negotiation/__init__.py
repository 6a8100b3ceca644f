"""Negotiation: the drafts of a year, and what both sides say about them until the text stands.

Purpose: bring both sides to one text that each of them wants. Owns drafts, their versions,
proposals, comments and the answers to what the checks ask. Never concludes anything and never
moves money: a draft whose text stands is no agreement yet.
"""
