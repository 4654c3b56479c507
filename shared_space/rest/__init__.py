"""Rest: a state of a person, in which nothing is owed and nothing arrives."""
