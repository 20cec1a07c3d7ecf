"""What stands on the page of a case besides the case, from the whole library and the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casebook.model import Case
from casebook.site.case_page import CaseExtras, render_case_foot
from casebook.site.near_identical import NearCases, render_near_cases
from casebook.site.notices import Notices, render_findings_box
from casebook.site.responses import Responses
from casebook.site.structured_data import SiteFacts, describe_article


@dataclass(frozen=True, slots=True)
class ExtrasSource:
    """What is known of all cases. `codes` are QR codes, by the id of the case."""

    notices: Notices
    facts: SiteFacts
    with_word: bool
    responses: Responses
    near: NearCases
    codes: Mapping[str, str]

    def collect(self, case: Case) -> CaseExtras:
        """The extras of one case."""
        return CaseExtras(
            box=render_findings_box(self.notices.findings.get(case.id, ())),
            foot=render_case_foot(case.id, self.facts.changed.get(case.id, "")),
            data=describe_article(case, self.facts),
            with_word=self.with_word,
            near=render_near_cases(self.near.get(case.id, ())),
            code=self.codes.get(case.id, ""),
            responses=self.responses.render(case),
        )
