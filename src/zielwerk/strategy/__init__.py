"""Regional strategies, their priorities, and the consent of the actors of a region.

Purpose: say on every day which strategy of a body holds, and what it lacks. Owns the versions,
the priorities that measures point to, the consents and the requests for them. Never decides
what follows from a strategy that is missing: who grants or agrees asks here.
"""
