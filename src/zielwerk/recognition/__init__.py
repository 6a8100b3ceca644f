"""Recognised text: what comes from a scanner, as bytes, lines, words, numbers and amounts.

Owns: the faults of text recognition. It heals lines and pages, knows how letters are mistaken
for each other, which words are damaged and which word was meant, and keeps for every character
its place in the original.
Never: what a text is about; it knows no agreement, no programme, no Django, no file system.
"""
