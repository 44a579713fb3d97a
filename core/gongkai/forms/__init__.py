"""The papers of the procedure, printed from templates the office may replace with its own."""
