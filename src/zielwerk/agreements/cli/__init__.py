"""Commands about agreements, one file a command."""
