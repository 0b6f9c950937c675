"""What a practice sets up once: its name, region, therapies, habits with records. Everything has a sensible default."""
