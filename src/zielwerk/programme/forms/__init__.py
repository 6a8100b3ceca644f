"""Input of the programme room, read strictly into frozen values; one file a subject."""
