"""The checks on words, facts, plans, looks and finished PDFs; `registry` lists them all."""
