"""What is written: characters, lines, numbers and times. No entity is known here."""
