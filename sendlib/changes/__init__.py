"""What changed for an area between two releases of a table."""
