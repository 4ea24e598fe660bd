"""What is decided, as pure functions of values: nothing here reads a clock, a file or a database."""
