"""What is entered into scenarios, and the tables and keys of the command line."""
