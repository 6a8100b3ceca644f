"""The books as people see them."""
