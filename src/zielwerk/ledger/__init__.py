"""The ledger: four books in which every euro is in exactly one place.

Purpose: carry authorisation, planning, commitment and cash by one mechanism, transfers
between accounts; tell where each euro is, today or at a past date, as it counted or as it
was known. Owns accounts, transfers and balances by day. Never edits or removes a transfer (a
clerical error is reversed), never moves money between books, never decides about the law.
"""
