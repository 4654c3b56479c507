"""Running the app: server, commands, checks, host's page, log and metrics."""
