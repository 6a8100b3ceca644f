"""A page that shows every piece of the UI kit; exists in the tests only."""
