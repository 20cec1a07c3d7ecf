# ruff: noqa: E501
"""The texts of a made-up school's web site: mostly series, some posted again, some revised."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from random import Random

from casebook.dedupe.relations import ComparedText

SITE_LINES = (
    "文章来源：本站原创  作者：佚名  发布时间：{date}  点击数：{hits}",
    "发布日期：{date}  来源：教务处  浏览次数：{hits}",
    "作者：德育处 | 编辑：admin | 时间：{date} | 浏览：{hits} 次",
    "【字体：大 中 小】 发布时间：{date} 阅读次数：{hits}",
    "点击数：{hits}  更新时间：{date}  文章录入：办公室",
)
"""How the site introduces a text."""

DAYS = ("2010.3.1-3.5", "2010.3.8-3.12", "2010.3.22-3.27", "2010.4.12-4.17", "2010.5.4-5.8")
OTHER_DAYS = ("3月1日—5日", "3月8日至12日", "3月29日至4月2日", "4月12日—16日")
CHECKED = ("高一（2）班", "高一（5）班", "高一（9）班", "高二（1）班", "高二（4）班", "高三（7）班")
FAULTS = (
    "教室后门有纸屑",
    "窗台未擦",
    "黑板槽有粉笔灰",
    "包干区有落叶",
    "讲台凌乱",
    "劳动工具摆放不齐",
)
TEACHERS = ("陈志远", "周小燕", "吴国梁", "何丽萍", "孙建平", "郑晓东", "钱文娟", "冯海波")


def make_site() -> tuple[list[ComparedText], set[frozenset[str]]]:
    """The texts of the site, and the pairs of ids that are one document."""
    texts: list[ComparedText] = []
    same: set[frozenset[str]] = set()
    number = count(1)

    def post(title: str, body: str, framed: bool = True) -> str:
        n = next(number)
        line = SITE_LINES[n % len(SITE_LINES)]
        line = line.format(date=f"2010年{n % 12 + 1:02}月{n % 27 + 1:02}日", hits=37 * n % 991)
        texts.append(ComparedText(f"t{n:03}", title, f"{line}\n{body}" if framed else body))
        return texts[-1].id

    for title, body in _list_originals():
        post(title, body)
    for n, (title, body) in enumerate(_list_notices()):
        first = post(title, body)
        same.add(frozenset((first, post(title, body, framed=n % 3 > 0))))
    for title, body, other_title, other in _list_revisions():
        same.add(frozenset((post(title, body), post(other_title, other))))
    return texts, same


def _list_originals() -> Iterator[tuple[str, str]]:
    """Texts that are posted once; many come from one template."""
    for n, days in enumerate(DAYS):
        yield f"一周检查情况公布({days})", _weekly_check(n)
    for n, days in enumerate(OTHER_DAYS):
        yield f"卫生检查通报（{days}）", _weekly_check(n + 2, "卫生")
    for week in range(3, 7):
        yield f"第{week}周常规检查情况", _weekly_check(week, "纪律")
    for n in range(3):
        yield "各班卫生评分公布", _scores(n)
    for month in (3, 4, 5):
        yield f"{month}月份文明班级评比结果", _scores(month + 10)
    for n in range(4):
        chance = Random(f"两操{n}")
        yield "两操检查得分", "\n".join(str(chance.randint(6, 10)) for _ in range(20))
    for n, event in enumerate(("书法比赛", "演讲比赛", "书法比赛", "歌咏比赛")):
        yield f"{event}获奖名单", _winners(n, event)
    for n in range(4):
        yield "行政值日安排表", _roster(n)
    for n in range(3):
        yield "护校值班表", _roster(n + 5, "护校")
    for grade in ("高一", "高二", "高三"):
        yield f"{grade}期中考试日程安排", _timetable(grade, 11, 5)
    yield "高一期末考试日程安排", _timetable("高一", 1, 18)
    for year in (2007, 2008, 2009):
        yield f"{year}年运动会竞赛规程", _rules(year)
        yield f"关于{year}年国庆节放假的通知", _holiday(year)
    yield "运动会竞赛规程", _rules(2010)
    yield "运动会竞赛规程", _rules(2011)
    for years in ("2008-2009", "2009-2010"):
        yield f"{years}学年第一学期教学工作计划", _plan(years)


def _weekly_check(n: int, kind: str = "常规") -> str:
    chance = Random(f"{kind}{n}")
    rows = [
        f"{room}：{chance.choice(FAULTS)}，扣{chance.randint(1, 4)}分。"
        for room in sorted(chance.sample(CHECKED, 4))
    ]
    return "\n".join(
        [
            f"本周学生会对各班{kind}情况进行了检查，总体情况良好，现将扣分情况公布如下：",
            *rows,
            "希望以上班级及时整改，未被扣分的班级继续保持。各班主任要加强教育，共同维护校园环境。",
        ]
    )


def _scores(n: int) -> str:
    chance = Random(n)
    rows = [
        f"高一（{k}）班\n{chance.randint(88, 99)}\n{chance.randint(0, 5)}" for k in range(1, 15)
    ]
    return "班级\n得分\n扣分\n" + "\n".join(rows)


def _winners(n: int, event: str) -> str:
    names = ["李明", "王芳", "张强", "刘洋", "赵雷", "黄静", "徐磊", "朱婷", "马超", "胡月", "林峰"]
    of = [names[(3 * n + k * (n + 1)) % 11] for k in range(6)]
    return (
        f"我校{event}圆满结束，经评委认真评选，现将获奖名单公布如下，希望获奖同学再接再厉。\n"
        f"一等奖：{of[0]} {of[1]}\n二等奖：{of[2]} {of[3]}\n三等奖：{of[4]} {of[5]}"
    )


def _roster(n: int, kind: str = "行政") -> str:
    days = ("星期一", "星期二", "星期三", "星期四", "星期五")
    rows = [f"{day}\n{TEACHERS[(n + k * (1 + n % 3)) % 8]}" for k, day in enumerate(days)]
    return "\n".join(
        [
            f"{kind}值班人员要按时到岗，认真巡查，做好记录。",
            *rows,
            "值班时间：早上7:00至晚上9:30。如有特殊情况，请提前与办公室联系调换。",
        ]
    )


def _timetable(grade: str, month: int, day: int) -> str:
    subjects = ("语文", "数学", "英语", "物理", "化学")
    start = len(grade) + month + ord(grade[1]) % 5
    rows = [
        f"{month}月{day + k // 2}日 {'上午8:00—10:00' if k % 2 == 0 else '下午2:30—4:30'} "
        f"{subjects[(start + k) % 5]}"
        for k in range(5)
    ]
    return (
        f"{grade}年级考试安排如下：\n"
        + "\n".join(rows)
        + "\n请各位监考老师提前十五分钟到考务室领取试卷。"
    )


def _rules(year: int) -> str:
    n = year - 2000
    return f"""一、比赛时间：{year}年10月{n + 8}日至{n + 10}日
二、比赛地点：学校田径场
三、参加办法：每班每项限报{n % 3 + 2}人，每人限报{n % 2 + 2}项，接力项目除外。
四、竞赛办法：采用国家体育总局审定的最新田径竞赛规则。
五、录取名次与计分：各单项录取前{n % 3 + 6}名，按9、7、6、5、4、3、2、1计分，接力加倍计分。
六、报名：各班于10月{n}日前将报名表交体育组，逾期不报作弃权处理。"""


def _holiday(year: int) -> str:
    return (
        f"各处室、各年级：\n根据上级通知精神，现将我校{year}年国庆节放假有关事项通知如下：\n"
        f"一、放假时间：10月1日至{year % 3 + 5}日，{year % 3 + 6}日正常上课。\n"
        "二、各班放假前要进行一次安全教育，关好门窗，切断电源。\n"
        "三、值班人员要坚守岗位，遇有突发事件及时报告。"
    )


def _plan(years: str) -> str:
    return (
        f"一、指导思想\n{years}学年我校教学工作以提高质量为中心，以课堂教学改革为重点，全面推进素质教育。\n"
        "二、工作重点\n抓好教学常规，落实备课、上课、作业、辅导、考试各个环节；加强教研组建设，"
        f"每周组织一次集体备课，全学期公开课不少于{int(years[3]) * 5}节。\n"
        "三、保证措施\n校领导每学期听课不少于四十节，教务处每月检查一次教案，结果记入考核。"
    )


_NOTICES = {
    "图书馆借阅须知": "凭借书证入库，借期两周，到期可以续借一次。\n阅览时不要在书页上圈点，缺页请告诉管理员。\n"
    "遗失图书按原价三倍赔偿，寒暑假之前全部归还。",
    "学生宿舍作息要求": "晚上十点熄灯，熄灯后不得走动、说笑。\n被褥叠放整齐，鞋子朝外排成一线，毛巾对折挂好。\n"
    "离校过夜须由家长来电，并在生活老师处登记去向。",
    "食堂就餐秩序": "分年级错开二十分钟进餐，排队打饭，不替人占座。\n饭菜吃多少打多少，残渣倒入桶内，餐盘送回窗口。\n"
    "发现饭菜有异味，应当立即报告当班的行政人员。",
    "实验室安全守则": "实验前听清步骤，穿好白大褂，长发要扎起来。\n药品取用之后盖紧瓶塞，废液倒入指定的缸里。\n"
    "被酸碱灼伤先用大量清水冲洗，再送医务室处理。",
    "机房使用规定": "对号入座，开机后先检查键盘鼠标，有缺损及时报修。\n不在机器上安装游戏，不打开来历不明的网页。\n"
    "下课前保存作业，按顺序关机，把凳子放到桌下。",
    "车辆进校管理": "自行车从北门推行入内，停进车棚并且上锁。\n机动车凭证停在东侧空地，限速每小时五公里。\n"
    "放学后半小时内校门口不得停车等人，以免堵塞。",
    "体育器材借用": "上课所用由体育委员统一领取，课后清点归还。\n课外活动凭学生证借球，天黑之前还到器材室。\n"
    "打气针、秒表等小件损坏照价赔偿，自然磨损除外。",
    "阶梯教室使用说明": "各处室提前三天填写申请，由电教组排定时间。\n话筒和投影由专人操作，不要自行插拔线路。\n"
    "活动结束关空调、切断电源，并带走全部宣传品。",
}


def _list_notices() -> Iterator[tuple[str, str]]:
    yield from _NOTICES.items()


_REVISED = (
    ("班主任考核办法", "（修订）", "每月考核一次，从班风、卫生、出勤三方面打分，结果与津贴挂钩。\n"
     "考核由德育处会同年级组进行，班主任可以申诉。\n连续两学期优秀的，优先推荐参加市级评选。"),
    ("校园安全应急预案", "（征求意见稿）", "成立应急小组，校长任组长，分设疏散、救护、联络三个组。\n"
     "险情发生后先疏散学生，再保护现场，十分钟内上报。\n每学期演练不少于两次，演练之后写出小结。"),
    ("教师请假规定", "（2010年修订）", "事假提前一天填单，病假凭医院证明，婚丧假按国家规定。\n"
     "请假期间的课由本人调好，教务处备案。\n全学期事假超过五天的，不参加当年评优。"),
    ("学生手机管理办法", "（第二版）", "手机一律不带入教室，带来的由班级集中保管，放学发还。\n"
     "上课使用手机的由班主任暂存，通知家长领取。\n家校联系可以拨打年级办公室的固定电话。"),
    ("优秀教研组评选方案", "（送审稿）", "参评教研组须有完整的活动记录，人人开过公开课。\n"
     "先由各组自评，再由教务处查阅材料，最后由校务会审定。\n获评的教研组奖励图书经费，并在开学大会上介绍经验。"),
    ("社团活动章程", "（试行）", "社团由学生自愿组成，聘请一位教师指导，到团委登记。\n"
     "每周二下午活动一节课，不得挪作补课。\n学年末举办社团展示，连续两年不活动的予以注销。"),
)  # fmt: skip


def _list_revisions() -> Iterator[tuple[str, str, str, str]]:
    for title, mark, body in _REVISED:
        lines = body.split("\n")
        lines[1] = "经过一年试用，本条改为：" + lines[1].replace("，", "，原则上", 1)
        yield title, body, title + mark, "\n".join([*lines, "本稿自下学期开学之日起执行。"])
