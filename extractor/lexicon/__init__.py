"""What is known: dictionaries and divisions."""
