"""Near-identical texts: candidate pairs, their relations, clusters, and practices in several cases.

The package takes ids and strings. It knows no case and reads and writes no file of a library;
merging is in `library`.
"""
