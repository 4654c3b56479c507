"""The one document in which all signed-in life happens."""
