"""What the client's own people can do, one ability a file."""
