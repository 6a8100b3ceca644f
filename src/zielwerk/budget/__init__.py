"""Budget: the state's money and authority for the programme, year by year.

Purpose: enter appropriations and commitment authority, block, cut and supplement them, close
a budget year, take back what was entered by mistake. Owns the corrections; every amount stands
in the ledger, where authorisation and planning are kept by the same verbs. Never says who gets
the money.
"""
