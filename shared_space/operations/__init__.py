"""What whoever runs the app meets: the server, its commands, its log and metrics."""
