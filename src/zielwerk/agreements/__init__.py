"""Target agreements: what was agreed, and how an agreement on paper gets into the books.

Owns: the recording (a text read, checked by one person, confirmed by a second), the
recorded agreement with its signed wording and sources, the agreed amount in the planning
book. Never: a grant of money (that is the notice's), nor what the public sees (that is
``publication``'s).
"""
