"""What pages of the programme show."""
