"""What pages of scenarios and allocations show."""
