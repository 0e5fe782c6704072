"""PDF text that more than one room writes: strings, numbers, object streams, the cross-reference, metadata."""
