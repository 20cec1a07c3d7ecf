"""Text whose bytes were read wrongly or lost: one decoder and its channels."""
