"""An issue from the event to the pull request, with recorded events and no network."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casebook.forge.answer import MARKER
from casebook.forge.download import Download
from casebook.forge.issue_event import read_event
from casebook.forge.proposal import Proposal, list_contents
from casebook.library import casefile
from casebook.model import Case, UserError
from commands import run_text
from fake_github import TOKEN
from frozen import ROOT
from intake_desk import EVENTS, Desk
from one_write_up import as_docx

HOSPITAL = "qinghe-shi-dier-renmin-yiyuan-menzhen-yizhanshi-fuwu-jingyan"
ATTACHMENT = "https://github.com/user-attachments/files/2200318/xiao.docx"
STORE = "https://objects.githubusercontent.com/repository-file-5c1a/81001/2200318?sig=1"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A checkout, and the variables of a workflow."""
    monkeypatch.setenv("GITHUB_REPOSITORY", "example/casebook")
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://github.com")
    monkeypatch.setenv("GITHUB_RUN_ID", "4711")
    folder = tmp_path / "checkout"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Desk.at(folder)


def read_cases(desk: Desk, issue: int) -> dict[str, Case]:
    """The cases on the branch of an issue, by their path."""
    files = desk.files_of(f"case/issue-{issue}")
    return {n: casefile.parse(t) for n, t in files.items() if re.fullmatch(r"cases/[^/]+\.md", n)}


@pytest.mark.parametrize(
    ("name", "date", "organ", "region", "kinds"),
    [
        ("hospital", "2024-03", "清河市第二人民医院", "某省清河市", {".txt"}),
        ("school", "2023-06-01", "", "某县", {".txt"}),
        ("village", "", "", "某县", {".txt"}),
        ("court", "2022-11", "安宁县人民法院", "某省安宁县", {".md"}),
        ("enterprise", "2023", "江北机械公司", None, {".md"}),
    ],
)
def test_a_form_becomes_a_proposal_with_all_it_says(
    desk: Desk, name: str, date: str, organ: str, region: str | None, kinds: set[str]
) -> None:
    """Write-ups of five kinds of organizations: structured, and nothing of the form is lost."""
    proposal = desk.read(EVENTS / f"{name}.json")
    assert proposal.ready and proposal.missing == ()
    (path,) = [n for n in proposal.files if "/" not in n]
    sources = [Path(n) for n in proposal.files if n.startswith("sources/")]
    assert {p.suffix for p in sources if p.suffix != ".json"} == kinds
    (shown,) = proposal.shown.write_ups
    facts = dict(shown.facts)
    assert (facts.get("日期", ""), facts.get("单位", "")) == (date, organ)
    assert region is None or facts.get("地区", "") == region
    roles = {line.role for line in shown.outline}
    assert {"做法", "成效"} <= roles and "" not in roles
    assert path.endswith(".md") and not proposal.shown.findings


def test_the_answer_says_how_the_text_was_understood(desk: Desk) -> None:
    """Roles, repairs, the next step; one comment by the bot, and no pull request yet."""
    comment = desk.run("hospital")
    assert comment.startswith(MARKER)
    assert "可以收录了：维护者加上“收录”标签" in comment
    assert "〔问题〕一、存在的问题" in comment and ", → ，" in comment
    assert "https://github.com/example/casebook/actions/runs/4711" in comment
    assert desk.forge.calls == ["POST issues/12/comments"]


def test_a_maintainer_opens_the_pull_request(desk: Desk) -> None:
    """The commit is the contributor's, the branch and the pull request the bot's, once checked."""
    desk.run("hospital")
    comment = desk.run("labeled-by-maintainer")
    (pull,) = desk.forge.pulls
    assert (pull["head"], pull["base"]) == ("case/issue-12", "main")
    assert "Closes #12" in pull["body"] and "人工智能：没有使用" in pull["body"]
    sha = desk.forge.branches["case/issue-12"]
    commit = desk.forge.commits[sha]
    author = {"name": "linan-zhen", "email": "7301+linan-zhen@users.noreply.github.com"}
    assert commit["author"] == author and commit["committer"]["name"] == "github-actions[bot]"
    assert desk.forge.statuses[sha]["state"] == "success"
    assert f"合并请求 #{pull['number']}" in comment and len(desk.forge.comments) == 1
    (case,) = read_cases(desk, 12).values()
    assert (case.id, case.contributor, case.ai_use) == (HOSPITAL, "门诊部 周某", "没有使用")
    assert case.sources[0].file and case.sources[1].name == "本单位撰写"


def test_a_stranger_cannot_open_one(desk: Desk) -> None:
    """Whoever may set labels need not have the right to write."""
    comment = desk.run("labeled-by-stranger")
    assert "有写权限的维护者" in comment
    assert desk.forge.pulls == [] and desk.forge.branches == {}


def test_an_edit_updates_and_never_repeats(desk: Desk) -> None:
    """The same branch, pull request and comment; who set the label is looked up."""
    desk.run("labeled-by-maintainer")
    before = desk.forge.branches["case/issue-12"]
    set_by = {"event": "labeled", "label": {"name": "收录"}, "actor": {"login": "weihu-zhe"}}
    desk.forge.events.append(set_by)
    comment = desk.run("edited")
    after = desk.forge.branches["case/issue-12"]
    assert before != after and len(desk.forge.pulls) == len(desk.forge.comments) == 1
    assert "已更新" in comment and "十三分钟" in "".join(desk.files_of("case/issue-12").values())
    (parent,) = desk.forge.commits[after]["parents"]
    assert parent == desk.forge.commits[before]["parents"][0]
    desk.run("edited")
    assert desk.forge.branches["case/issue-12"] == after


def test_a_label_of_a_stranger_does_not_count_later(desk: Desk) -> None:
    """An edit of an issue that a stranger has labeled opens nothing."""
    set_by = {"event": "labeled", "label": {"name": "收录"}, "actor": {"login": "lu-ren"}}
    desk.forge.events.append(set_by)
    desk.run("edited")
    assert desk.forge.pulls == []


def test_what_people_changed_on_the_branch_stays(desk: Desk) -> None:
    """A maintainer has pushed a correction there."""
    desk.run("labeled-by-maintainer")
    sha = desk.forge.branches["case/issue-12"]
    desk.forge.commits[sha]["committer"] = {"name": "某人", "email": "a@example.org"}
    comment = desk.run("labeled-by-maintainer")
    assert "没有覆盖" in comment and desk.forge.branches["case/issue-12"] == sha


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"state": "closed", "merged_at": "2026-11-21T00:00:00Z"}, "已经合并"),
        ({"state": "closed"}, "已被关闭"),
    ],
)
def test_a_pull_request_that_is_over_stays_over(
    desk: Desk, state: dict[str, str], said: str
) -> None:
    """Merged or closed by a person; an edit of the issue does not bring it back."""
    desk.run("labeled-by-maintainer")
    desk.forge.pulls[0] |= state
    set_by = {"event": "labeled", "label": {"name": "收录"}, "actor": {"login": "weihu-zhe"}}
    desk.forge.events.append(set_by)
    assert said in desk.run("edited")
    assert len(desk.forge.pulls) == 1


def test_a_missing_setting_is_named(desk: Desk) -> None:
    """Without it GitHub refuses the pull request; the branch is there."""
    desk.forge.may_open = False
    comment = desk.run("labeled-by-maintainer")
    assert "Allow GitHub Actions to create and approve pull requests" in comment
    assert list(desk.forge.branches) == ["case/issue-12"]


def test_a_text_that_is_there_already_is_red_and_said(desk: Desk) -> None:
    """The same text under another name: the status fails, the commands to decide are shown."""
    proposal = desk.read(EVENTS / "hospital.json")
    text = casefile.dump(casefile.parse(_content(proposal)))
    old = text.replace(HOSPITAL, "qinghe-menzhen").split("sources:")
    (desk.folder / "cases" / "qinghe-menzhen.md").write_text(
        f"{old[0]}sources:\n- {{name: 本单位撰写}}\nvariants:{old[1].partition('variants:')[2]}",
        encoding="utf-8",
    )
    desk.commit()
    comment = desk.run("labeled-by-maintainer")
    assert "duplicate-case" in comment and "--merge" in comment
    assert "在分支 case/issue-12 上运行" in comment and "make site" not in comment
    assert [each["state"] for each in desk.forge.statuses.values()] == ["failure"]


def _content(proposal: Proposal) -> str:
    """The text of the case in a proposal."""
    contents = list_contents(proposal)
    return next(text.decode() for name, text in contents.items() if "/" not in name)


def test_an_attachment_is_read_from_the_forge_alone(desk: Desk) -> None:
    """One redirect to the host of its content; the remark in the text is no document."""
    desk.downloads[ATTACHMENT] = Download(302, STORE, b"")
    desk.downloads[STORE] = Download(200, "", as_docx())
    proposal = desk.read(EVENTS / "attached.json")
    assert desk.asked == [ATTACHMENT, STORE]
    (shown,) = proposal.shown.write_ups
    assert shown.title == "云溪县民政局：小食堂托起幸福晚年" and proposal.ready
    assert any(name.endswith(".docx") for name in proposal.files)


@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example/x",
        "http://objects.githubusercontent.com/x",
        "https://objects.githubusercontent.com@evil.example/x",
        "https://objects.githubusercontent.com:8443/x",
        "file:///etc/passwd",
        "",
    ],
)
def test_a_redirect_to_another_host_is_not_followed(desk: Desk, place: str) -> None:
    """The file is missing then, and the answer says so."""
    desk.downloads[ATTACHMENT] = Download(302, place, b"")
    proposal = desk.read(EVENTS / "attached.json")
    assert desk.asked == [ATTACHMENT] and not proposal.ready
    assert "没有下载" in proposal.missing[0]


def test_files_of_other_hosts_and_kinds_are_not_fetched(desk: Desk) -> None:
    """Each is named with what to do."""
    proposal = desk.read(EVENTS / "attached-elsewhere.json")
    assert desk.asked == [] and not proposal.ready and len(proposal.missing) == 3
    said = "".join(proposal.missing)
    assert "图片没有读取" in said and "files.example.net" in said and "biao.xlsx" in said


def test_what_form_and_text_say_differently_is_said(desk: Desk) -> None:
    """The form counts for organ, region and date, the text for its title."""
    body = read_event(EVENTS / "hospital.json").body
    changed = body.replace("2024年3月", "2020").replace(
        "### 标题\n\n清河市第二人民医院", "### 标题\n\n"
    )
    changed = changed.replace("真正少跑路。", "真正少跑路。\n\n清河市第二人民医院\n\n2023年6月1日")
    proposal = desk.read(desk.change("hospital", body=changed))
    assert "日期：文章里是“2023-06-01”，表单里是“2020”，用了表单的；请核对。" in proposal.doubts
    assert any(doubt.startswith("标题：") and "用了文章的" in doubt for doubt in proposal.doubts)


def test_a_picture_in_the_text_is_left_out_and_said(desk: Desk) -> None:
    """GitHub writes one that was dragged in as HTML or as Markdown."""
    body = read_event(EVENTS / "hospital.json").body
    for picture in (
        '<img width="640" alt="x" src="https://github.com/user-attachments/assets/1f0c-77" />',
        "![照片](https://github.com/user-attachments/assets/1f0c-77)",
    ):
        event = desk.change(
            "hospital", body=body.replace("三、工作成效", f"{picture}\n\n三、工作成效")
        )
        proposal = desk.read(event)
        assert "图片没有读取" in "".join(proposal.missing)
        assert "user-attachments" not in _content(proposal)


def test_the_same_text_again_is_known(desk: Desk) -> None:
    """Once it is merged; where the library is, and what to do instead."""
    desk.run("labeled-by-maintainer")
    for name, text in desk.files_of("case/issue-12").items():
        path = desk.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    desk.commit()
    proposal = desk.read(EVENTS / "hospital.json")
    assert not proposal.ready and HOSPITAL in "".join(proposal.missing)


def test_private_text_is_masked_and_the_issue_named(desk: Desk) -> None:
    """In the case, the comment and the values; the source is not stored."""
    comment = desk.run("private")
    proposal = desk.read(EVENTS / "private.json")
    assert proposal.ready and not [name for name in proposal.files if "sources" in name]
    everything = comment + _content(proposal) + str(proposal)
    assert "13812345678" not in everything and "13987654321" not in everything
    assert "请编辑 issue 删去" in comment and "phone-number" in comment


def test_a_secret_is_not_taken_in(desk: Desk) -> None:
    """Nor shown, whoever sets the label."""
    proposal = desk.read(EVENTS / "secret.json")
    assert not proposal.ready and proposal.files == {}
    assert "文章：没有收录，原因见下面的“案例检查”。" in proposal.missing
    assert "classification-mark" in [found.rule for found in proposal.shown.findings]


def test_what_is_missing_is_said_field_by_field(desk: Desk) -> None:
    """A form that was emptied by an edit; no empty report follows."""
    comment = desk.run("unfilled")
    for name in ("标题", "正文", "来源", "日期", "人工智能", "请确认", "是否可公开", "地区"):
        assert f"- {name}：" in comment
    assert "去年秋天" in comment and "案例检查" not in comment


def test_hostile_fields_stay_text(desk: Desk) -> None:
    """Shell signs, YAML bombs, mentions, HTML, pictures, links: in the case and in the comment."""
    comment = desk.run("hostile-fields")
    proposal = desk.read(EVENTS / "hostile-fields.json")
    names = [name for name in proposal.files if re.search(r"[$`;&|<>{}!]", name)]
    assert names == [] and proposal.ready
    case = casefile.parse(_content(proposal))
    assert case.organ == "!!python/object/apply:os.system [id]"
    assert case.region == "&a [*a,*a,*a,*a]"
    assert "\u202e" not in case.contributor
    for sign in ("@all", "<img", "![图]", "https://evil", "](https://evil", "/etc/passwd"):
        assert sign not in comment


def test_a_text_of_300_kilobytes_is_taken_in(desk: Desk) -> None:
    """The comment keeps to the forge's limit."""
    body = read_event(EVENTS / "hospital.json").body
    line = "为了方便患者，医院把第{}项事务搬到一层大厅，由首问的人负责到底，办完再请患者评价。\n\n"
    more = "".join(line.format(number) for number in range(2400))
    place = body.index("三、工作成效")
    long = body[:place] + more + body[place:]
    assert len(long.encode()) > 300_000
    event = desk.change("hospital", body=long)
    proposal = desk.read(event)
    assert proposal.ready
    assert len(desk.answer(event).encode()) < 65_000


def test_an_issue_that_no_form_wrote_is_left_alone(desk: Desk) -> None:
    """One sentence, and nothing written."""
    with pytest.raises(UserError, match="不是用投稿表单写的"):
        desk.read(EVENTS / "bug-report.json")
    assert not (desk.folder / "intake.json").exists()


def test_a_closed_issue_gets_no_answer(desk: Desk) -> None:
    """Somebody edits it after it is over."""
    event = desk.change("edited", state="closed")
    desk.read(event)
    assert desk.answer(event) == "" and desk.forge.calls == []


def test_the_steps_are_commands(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the workflow calls them; without a token nothing is answered."""
    form = ROOT / ".github" / "ISSUE_TEMPLATE" / "new-case.yml"
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(EVENTS / "village.json"))
    monkeypatch.setenv("PROPOSAL", str(desk.folder / "intake.json"))
    library = ("--library", desk.folder / "cases")
    assert run_text("intake_issue", "read", "--form", form, *library).returncode == 0
    desk.clean()
    checked = run_text("intake_issue", "check", *library)
    assert (checked.returncode, checked.stdout) == (0, "检查完毕，没有发现问题。\n")
    monkeypatch.delenv("GITHUB_TOKEN")
    answered = run_text("intake_issue", "answer", *library)
    assert answered.returncode == 2 and "GITHUB_TOKEN" in answered.stderr
