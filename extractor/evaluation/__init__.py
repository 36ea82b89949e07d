"""Records against gold: how much of what a careful annotator marks is found, and found right."""
