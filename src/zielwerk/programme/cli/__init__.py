"""Commands of the programme; those of allocation and packs need no database."""
