"""What pages of agreements show."""
