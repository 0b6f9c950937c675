"""What is kept on disk: answers files and everything written, always whole or not at all."""
