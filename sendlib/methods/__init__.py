"""Pure statistics: numbers in, numbers out, each with the source of its method."""
