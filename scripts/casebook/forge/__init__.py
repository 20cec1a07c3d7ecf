"""The forge, where issues and pull requests are: what comes from it is hostile data."""
