"""The guide: Markdown files by language, shown to everyone and inside the space."""
