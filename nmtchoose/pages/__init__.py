"""What is said to whoever reads a result: neutral pages, with no idea of a terminal, a browser or paper."""
