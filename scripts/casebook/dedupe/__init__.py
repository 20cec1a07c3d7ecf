"""Near-identical texts: candidate pairs, their relations, clusters, and practices told repeatedly.

The package takes ids and strings. It knows no case and reads and writes no file of a library;
merging is in `library`.
"""
