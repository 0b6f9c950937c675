"""Front-desk intake for massage clinics: which therapy, in which form, or a doctor first, and why."""

__version__ = "0.1.0"
