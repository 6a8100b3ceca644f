"""Budget: the state's money and authority for the programme, year by year.

Purpose: enter appropriations and commitment authority, block, cut and supplement them, close
a budget year. Owns nothing of its own: every amount stands in the ledger, where authorisation
and planning are kept by the same verbs. Never says who gets the money.
"""
