"""Their own words: for who or what was lost, for the loss, for each other. All of it sealed."""
