"""Conclusion: what was negotiated is signed by all that must sign, and becomes an agreement.

Purpose: bring the signatures of both sides under the one text that both approved. Owns
conclusions, their signatures, signed files and resolutions, and how a body signs where that was
decided. Makes the agreement and moves its money through the rooms below, in the moment in which
a second person concludes; never changes a text.
"""
