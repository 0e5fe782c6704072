"""From a plan to the words of a page, in one language."""
