"""The app shell: the single page that shows every screen of a signed-in member."""
