"""What people and programs read: one neutral page with a renderer for each medium, and the JSON records."""
