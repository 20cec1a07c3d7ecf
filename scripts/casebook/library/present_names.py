"""The names that a vocabulary has now for what a case file may call otherwise."""

from __future__ import annotations

from dataclasses import replace

from casebook.model import Case
from casebook.vocabulary import Vocabulary


def use_present_names(case: Case, vocabulary: Vocabulary) -> Case:
    """A case whose kind and region, if the vocabulary knows them, have their names there."""
    kind = vocabulary.kind_name(case.kind) or case.kind
    region = vocabulary.region_name(case.region)
    if (kind, region) == (case.kind, case.region):
        return case
    return replace(case, kind=kind, region=region)
