"""Many documents: reading them from files of every kind, and running an analysis over all of them."""
