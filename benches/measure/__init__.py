"""What run.py is made of: programs runs them, counting counts, contestants and scenarios say who does what, sending, large
and building measure, tables prints, gate judges."""
