"""How it looks: pages in a terminal, as plain lines, HTML and Markdown; JSON, CSV, FHIR, and a sheet to fill in."""
