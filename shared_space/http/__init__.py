"""What every request meets before and after a noun's route."""
