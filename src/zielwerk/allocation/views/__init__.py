"""Pages of scenarios and allocations."""
