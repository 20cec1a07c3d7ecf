"""What pages and sites put around and into a text; layout; line breaks."""
