"""extractor turns Chinese articles into tables."""
