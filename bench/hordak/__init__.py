"""django-hordak as the peer of the ledger: a project and a Python environment of its own."""
