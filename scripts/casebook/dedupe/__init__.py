"""Near-identical texts: candidate pairs, verification, relations, clusters, merge.

The stage takes ids and strings; only `merge` knows a Case.
"""
