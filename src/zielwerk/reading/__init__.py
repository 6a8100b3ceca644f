"""Reading agreements: from the text of a signed and scanned agreement to data and doubts.

Owns: finding what an agreement says in spite of recognition faults, where in the text it
stands, how sure that is, and which questions a careful colleague would ask about it.
Never: Django, network, the clock, a stored value; it guesses nothing. What it could not read
stays null with its raw text, and what it corrected is marked. How letters and words are
recognised is known a floor below, in `recognition`.
"""
