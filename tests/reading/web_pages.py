"""Pages of different build around short write-ups, each with the lines that a reader must find."""

from __future__ import annotations

from dataclasses import dataclass

TITLE = "某区推行“一线工作法”破解小区停车难"
SITE = "某某市人民政府网"
LEAD = (
    "近年来，某区老旧小区车多位少、乱停乱放等问题突出，群众反映强烈。"
    "区委坚持把办公桌搬到小区里，探索形成一线工作法。"
)
FIRST = "一、摸清底数，问题在一线发现"
SURVEY = "组织社区干部、网格员逐户走访，建立停车台账86本，梳理问题3类27条，做到一区一策。"
SECOND = "二、多元共治，办法在一线商量"
MEETING = (
    "搭建居民议事平台，召开“板凳会”42场，由居民、物业、业委会共同商定车位共享办法；"
    "盘活边角地，新增车位1260个。"
)
OUTCOME = "截至目前，全区停车类投诉同比下降43%，群众满意度达到96.5%。"
ARTICLE = [LEAD, FIRST, SURVEY, SECOND, MEETING, OUTCOME]
SOURCE = "发布时间：2023-05-04 来源：某区融媒体中心"

MENU = "".join(
    f'<li><a href="/{n}.html">{name}</a></li>'
    for n, name in enumerate(
        ["首页", "政务公开", "政务服务", "政民互动", "走进某区", "专题专栏", "数据开放", "领导之窗"]
    )
)
RELATED = "".join(
    f'<li><a href="/n{n}.html" target="_blank">{name}</a><span>2023-04-1{n}</span></li>'
    for n, name in enumerate(
        [
            "我市召开全市基层治理工作推进会",
            "某区：老旧小区改造按下加速键",
            "某街道：楼门会议解难题",
            "市领导调研老旧小区停车工作",
        ]
    )
)
FOOTER = (
    "<p>主办单位：某某市人民政府办公室　承办单位：某某市大数据局</p>"
    "<p>地址：某某市中山路1号　邮编：100000　电话：010-12345678</p>"
    "<p>网站标识码：1100000001　京ICP备05000001号　京公网安备11010102000001号</p>"
    "<p>版权所有，未经书面授权禁止使用。建议使用1024×768分辨率浏览本站。</p>"
)


@dataclass(frozen=True)
class WebPage:
    """A page in bytes with the lines of its article, the headline first."""

    name: str
    data: bytes
    lines: tuple[str, ...]


def paragraphs(lines: list[str], opening: str = "<p>　　", closing: str = "</p>\n") -> str:
    """Lines, each between two tags."""
    return "".join(f"{opening}{line}{closing}" for line in lines)


def whole(body: str, title: str = f"{TITLE}_基层动态_{SITE}", head: str = "") -> str:
    """A page of UTF-8."""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}'
        f"<script>var a='<p>不是正文，是脚本。</p>';</script></head><body>{body}</body></html>"
    )


def government() -> WebPage:
    """A content system of a government, with toolbar, breadcrumb and lists of links around."""
    body = f"""<div class="header"><div class="logo"><a href="/"><img src="logo.png"></a></div>
<ul class="nav">{MENU}</ul><form><input name="q" value="请输入关键字"><button>搜索</button></form>
</div>
<div class="dqwz">您当前所在的位置：<a href="/">首页</a> &gt;
<a href="/zw">政务动态</a> &gt; 基层动态</div>
<div class="article"><h1 class="title">{TITLE}</h1><div class="info"><span>{SOURCE}</span></div>
<div class="tool">【字号：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】
<a href="javascript:window.print()">打印</a> <a href="#">收藏</a></div>
<div id="zoom" class="content">{paragraphs(ARTICLE)}</div>
<div class="qr"><p>扫一扫在手机打开当前页</p><img src="qr.png"></div>
<p class="close">【<a href="#">打印本页</a>】 【<a href="#">关闭窗口</a>】</p></div>
<div class="xgxw"><h2>相关新闻</h2><ul>{RELATED}</ul></div><div class="footer">{FOOTER}</div>"""
    return WebPage("government", whole(body).encode(), (TITLE, SOURCE, *ARTICLE))


def editor_tables() -> WebPage:
    """The editor of a content system: nested blocks, a table of data with merged cells."""
    table = """<table border="1" class="MsoTable"><tbody><tr><td rowspan="2"><p>街道</p></td>
<td colspan="2"><p>新增车位</p></td></tr><tr><td>地面</td><td>立体</td></tr>
<tr><td>城关街道</td><td>320</td><td>180</td></tr><tr><td>河东街道</td><td>260</td><td>500</td></tr>
</tbody></table>"""
    rows = (
        "| 街道 | 新增车位 |  |",
        "| --- | --- | --- |",
        "|  | 地面 | 立体 |",
        "| 城关街道 | 320 | 180 |",
        "| 河东街道 | 260 | 500 |",
    )
    body = f"""<div id="top">{MENU}</div><div class="wrap"><div class="left"><ul>{RELATED}</ul>
</div>
<div class="right"><div class="tit">{TITLE}</div><div class="date">2023年05月04日 09:12</div>
<div class="view TRS_UEDITOR trs_paper_default"><div class="TRS_Editor">
<div class="Custom_UnionStyle">
{paragraphs(ARTICLE[:5], '<p style="text-indent:2em"><span style="font-size:16pt">')}{table}
{paragraphs(ARTICLE[5:])}<p style="text-align:right">某区城市管理局</p></div></div></div>
<p>附件：<a href="W020230504.docx">停车台账样表.docx</a></p></div></div><div>{FOOTER}</div>"""
    lines = (TITLE, "2023年05月04日 09:12", *ARTICLE[:5], *rows, *ARTICLE[5:], "某区城市管理局")
    return WebPage("editor tables", whole(body).encode(), (*lines, "附件：停车台账样表.docx"))


def wechat() -> WebPage:
    """An article of a WeChat account as its page arrives, hidden until a script shows it."""
    sections = "".join(
        '<section style="margin:0"><section><p style="text-indent:2em">'
        f'<span style="font-size:15px">{line}</span></p></section></section>'
        for line in ARTICLE
    )
    body = f"""<div id="js_article" class="rich_media"><div class="rich_media_inner">
<div id="page-content"><div id="img-content"><h1 class="rich_media_title" id="activity-name">
{TITLE}
</h1><div id="meta_content" class="rich_media_meta_list">
<span class="rich_media_meta">某区组织部</span>
<span id="profileBt"><a href="javascript:void(0);" id="js_name">某区先锋</a></span>
<em id="publish_time" class="rich_media_meta"></em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0; ">
<section style="background-color:#c00"><p style="text-align:center"><span style="color:#fff">
点击上方蓝字关注我们</span></p></section><p><img data-src="a.gif" width="20" height="20">
</p>{sections}
<p><img data-src="photo.jpg"></p><p style="display:none">防抄袭随机文字，某公众号独家。</p></div>
<div id="js_tags_preview_toast" style="display:none;">预览时标签不可点</div></div></div>
<div class="rich_media_area_extra"><p>微信扫一扫关注该公众号</p></div></div></div>
<script>var ct="1683162720";var createTime = '2023-05-04 09:12';</script>"""
    page = whole(body, "", f'<meta property="og:title" content="{TITLE}">')
    lines = (TITLE, "某区组织部 某区先锋 2023-05-04 09:12", *ARTICLE)
    return WebPage("wechat", page.encode(), lines)


def newspaper() -> WebPage:
    """The electronic edition of a newspaper: kicker, headline, subtitle, layout tables, pages."""
    kicker, subtitle = "把办公桌搬到小区里", "——某区基层治理见闻"
    byline = "本报记者 张三 通讯员 李四"
    body = f"""<table width="100%"><tr><td><table><tr><td><a href="a">第01版：要闻</a></td><td>
<a href="b">上一版</a> <a href="c">下一版</a></td></tr><tr><td colspan="2"><a href="1">{TITLE}</a>
</td></tr>
<tr><td colspan="2"><a href="2">我市经济开局良好</a></td></tr></table></td><td><table><tr>
<td align="center">
<h3>{kicker}</h3><h1>{TITLE}</h1><h4>{subtitle}</h4><p align="center">{byline}</p></td></tr><tr><td>
<div id="ozoom"><!--enpcontent--><founder-content>{paragraphs(ARTICLE)}</founder-content></div></td>
</tr>
<tr><td><a href="p">上一篇</a> <a href="n">下一篇</a></td></tr></table></td></tr></table>
<div>某某日报社版权所有，未经授权不得转载</div>"""
    page = whole(body, "某某日报数字报-" + TITLE)
    return WebPage("newspaper", page.encode(), (kicker, TITLE, subtitle, byline, *ARTICLE))


def layout_table() -> WebPage:
    """A page of 2003, all of tables, its paragraphs divided by line breaks."""
    text = "<br>\r\n<br>\r\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{line}" for line in ARTICLE)
    body = f"""<table><tr><td colspan=2><a href=1>首页</a> | <a href=2>新闻</a> | <a href=3>下载</a>
</td></tr>
<tr><td width=180><table><tr><td>最新文章</td></tr><tr><td>·<a href=4>关于放假的通知</a></td></tr>
<tr><td>·<a href=5>关于举办培训班的通知</a></td></tr></table></td><td><table><tr><td align=center>
<b><font size=5>{TITLE}</font></b></td></tr><tr>
<td align=center>作者：佚名　来源：本站　点击数：356
更新时间：2003-5-4</td></tr><tr><td>{text}</td></tr></table></td></tr><tr>
<td colspan=2 align=center>
版权所有 某某市政务信息网<br>地址：某某市中山路1号 电话：12345678</td></tr></table>"""
    page = whole(body, f"{TITLE} - 某某市政务信息网").replace("utf-8", "gb2312")
    lines = (TITLE, "作者：佚名　来源：本站　点击数：356 更新时间：2003-5-4", *ARTICLE)
    return WebPage("layout table", page.encode("gbk"), lines)


def pieces() -> WebPage:
    """An article in several blocks of a page, with more of it on another page."""
    blocks = "".join(
        f'<div class="sec"><h2>{heading}</h2><div class="txt"><p>{text}</p></div></div>'
        f'<div class="ad"><a href="/ad{n}">停车设备采购热线</a></div>'
        for n, (heading, text) in enumerate(
            [("一、摸清底数，问题在一线发现", SURVEY), (SECOND, MEETING), ("三、工作成效", OUTCOME)]
        )
    )
    body = f"""<ul>{MENU}</ul><h1>{TITLE}</h1><div class="lead"><p>{LEAD}</p></div>{blocks}
<div class="page"><span>1</span> <a href="a_2.html">2</a> <a href="a_3.html">3</a>
<a href="a_2.html">下一页</a></div><ul>{RELATED}</ul>{FOOTER}"""
    lines = (TITLE, LEAD, FIRST, SURVEY, SECOND, MEETING, "三、工作成效", OUTCOME)
    return WebPage("pieces", whole(body).encode(), lines)


def school() -> WebPage:
    """The site of a school of 2008: GBK with font tags, the text in one cell, a signature."""
    text = "".join(f"<P><FONT face=宋体 size=3>　　{line}</FONT></P>" for line in ARTICLE[:3])
    body = f"""<CENTER><TABLE><TR><TD><A HREF=1>学校概况</A></TD><TD><A HREF=2>教学科研</A></TD>
</TR></TABLE>
<TABLE><TR><TD>您现在的位置： <A HREF=1>某某中学</A> >> <A HREF=2>校园新闻</A> >> 正文</TD></TR>
</TABLE>
<TABLE><TR><TD align=middle><FONT color=#ff0000 size=5><B>{TITLE}</B></FONT></TD></TR>
<TR>
<TD align=middle>作者：<A HREF=a>教导处</A>　　文章来源：本站原创　　更新时间：2008-5-4
【字体：<A HREF=#>小</A> <A HREF=#>大</A>】</TD></TR><TR><TD>{text}<P align=right>某某中学教导处</P>
<P align=right>2008年5月4日</P>
</TD></TR><TR><TD>文章录入：admin　　责任编辑：admin</TD></TR><TR><TD>
<LI>上一篇文章： <A HREF=x>关于春游</A>
<LI>下一篇文章： 没有了</TD></TR></TABLE>{FOOTER}</CENTER>"""
    head = "作者：教导处　　文章来源：本站原创　　更新时间：2008-5-4 【字体：小 大】"
    lines = (TITLE, head, *ARTICLE[:3], "某某中学教导处", "2008年5月4日")
    page = f"<HTML><HEAD><TITLE>{TITLE}</TITLE></HEAD><BODY>{body}</BODY></HTML>"
    return WebPage("school", page.encode("gbk"), lines)


def forum() -> WebPage:
    """A thread of a forum: the first post is the text, the answers are not."""
    answers = "".join(
        f'<div id="post_{n}"><div class="authi">网友{n} 发表于 2023-5-{n}</div><em>{n}楼</em>'
        f'<table><tr><td class="t_f" id="postmessage_{n}">说得很好，我们小区也想这样做，请问'
        f"怎么联系社区？希望早日推广，支持楼主！</td></tr></table><a>回复</a> <a>举报</a></div>"
        for n in range(2, 14)
    )
    text = "<br>".join(f"　　{line}" for line in ARTICLE)
    body = f"""<div id="nv"><ul>{MENU}</ul></div><div id="pt">
<a href="/">论坛</a> › <a href="/f">基层</a></div>
<h1 class="ts"><span id="thread_subject">{TITLE}</span></h1><div id="postlist"><div id="post_1">
<div class="authi">楼主 发表于 2023-5-4 09:12</div><table><tr><td class="t_f" id="postmessage_1">
{text}</td></tr></table><a href="r">回复</a> <a href="j">举报</a></div>{answers}</div>
<div>Powered by Discuz! X3</div>"""
    return WebPage("forum", whole(body).encode(), (TITLE, *ARTICLE))


def word_page() -> WebPage:
    """A document that Word saved as a page: labels in spans, o:p, conditional comments."""
    label = (
        "<![if !supportLists]><span style='mso-list:Ignore'>{}<span style='font:7.0pt'>&nbsp;"
        "</span></span><![endif]>"
    )
    body = f"""<div class=Section1><p class=MsoNormal align=center style='text-align:center'><b>
<span style='font-size:22.0pt'>{TITLE}<o:p></o:p></span></b></p><p class=MsoNormal><o:p>&nbsp;</o:p>
</p>
<p class=MsoNormal style='text-indent:32.0pt'>{LEAD[:30]}
{LEAD[30:]}<span lang=EN-US><o:p></o:p></span></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>{label.format("一、")}{FIRST[2:]}</p>
<p class=MsoNormal>{SURVEY}</p><p class=MsoListParagraph>{label.format("二、")}{SECOND[2:]}</p>
<p class=MsoNormal>{MEETING}</p><p class=MsoListParagraph>{label.format("·")}{OUTCOME}</p></div>"""
    page = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head>"
        "<meta http-equiv=Content-Type content='text/html; charset=gb2312'>"
        f"<title>{TITLE}</title><!--[if gte mso 9]><xml><w:View>Print</w:View></xml><![endif]-->"
        "<style><!-- p.MsoNormal {margin:0cm;} --></style></head>"
        f"<body lang=ZH-CN>{body}</body></html>"
    )
    return WebPage("word", page.encode("gb18030"), (TITLE, *ARTICLE))


def sections() -> WebPage:
    """A page that scripts built: section and span, names of classes that say nothing."""
    text = "".join(
        f'<section class="css-1x"><span class="k9">{line}</span></section>' for line in ARTICLE
    )
    body = f"""<div id="root"><div class="css-a1"><div><a href="/">推荐</a></div><div>
<a href="/hot">热点</a></div></div>
<main><div class="css-b2"><div role="heading" aria-level="1"><span>{TITLE}</span></div><div>
<span>某区发布</span>
<span>05-04 09:12</span></div><div class="css-c3">{text}</div><div><button>赞 12</button>
<button>分享</button></div>
<div class="css-d4"><div>相关推荐</div><div><a href="/1">某区老旧小区改造按下加速键</a></div>
<div><a href="/2">某街道用楼门会议解难题</a></div></div></div></main></div>
<script>window.__DATA__={{}}</script>"""
    return WebPage("sections", whole(body).encode(), (TITLE, *ARTICLE))


def related_inside() -> WebPage:
    """Lists of other articles and hidden text between the paragraphs of the article."""
    marked = LEAD.replace("。", "。<span style='font-size:0px'>转载请注明</span>", 1)
    body = f"""<div class="menu"><ul>{MENU}</ul></div><div class="post"><h1>{TITLE}</h1>
<p>{SOURCE}</p>
<div class="entry"><p>{marked}</p><p>{FIRST}</p><p>{SURVEY}</p><p>相关阅读：</p><ul>
{RELATED}</ul><p>{SECOND}</p><p><font color="white">某某网版权所有</font>{MEETING}</p>
<p>【推荐阅读】</p><p><a href="a">某区老旧小区改造按下加速键</a></p><p>{OUTCOME}</p>
<p><a href="b">某街道用楼门会议解难题</a></p><p><a href="c">全市基层治理工作推进会召开</a></p>
<p><a href="d">市领导调研老旧小区停车工作</a></p></div></div>
<div class="copyright">{FOOTER}</div>"""
    return WebPage("related inside", whole(body).encode(), (TITLE, SOURCE, *ARTICLE))


def remarks() -> WebPage:
    """A short article with long remarks of its readers."""
    own = "".join(
        f'<div class="item"><b>网友{n}</b><p>写得太好了，我们那里也是这样，停车越来越难，'
        f"物业不管，社区也没有办法，希望能学习推广。</p><span>2023-05-0{n}</span><a>回复</a><a>赞（{n}）</a></div>"
        for n in range(1, 9)
    )
    body = f"""<ul>{MENU}</ul><div class="container"><h2>{TITLE}</h2><p class="meta">{SOURCE}</p>
<div class="txt">{paragraphs(ARTICLE[:3])}</div><div class="box"><h3>网友评论（8条）</h3>{own}
<textarea>我来说两句</textarea></div></div>{FOOTER}"""
    return WebPage("remarks", whole(body).encode(), (TITLE, SOURCE, *ARTICLE[:3]))


def notice() -> WebPage:
    """A notice of two lines among much else."""
    lines = ("因系统升级维护，本周六政务大厅暂停办理停车业务，请相互转告。", "某区政务服务中心")
    body = f"""<ul>{MENU}</ul><div class="list"><ul>{RELATED}</ul></div><div class="detail">
<h3>停办业务的通知</h3>
<div class="con"><p>{lines[0]}</p><p>{lines[1]}</p><p>2023年5月4日</p></div></div>{FOOTER}"""
    page = whole(body, f"停办业务的通知_{SITE}")
    return WebPage("notice", page.encode(), ("停办业务的通知", *lines, "2023年5月4日"))


def table_alone() -> WebPage:
    """A page whose text is one table."""
    rows = [
        ("序号", "小区", "新增车位"),
        *((str(n), f"某某小区{n}号院", f"{n}0个") for n in range(1, 9)),
    ]
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    body = f"""<ul>{MENU}</ul><div class="cc"><h1>新增车位一览表</h1><div class="t">
<table border=1>{cells}</table>
</div></div><ul>{RELATED}</ul>{FOOTER}"""
    shown = [f"| {' | '.join(row)} |" for row in rows]
    lines = ("新增车位一览表", shown[0], "| --- | --- | --- |", *shown[1:])
    return WebPage("table alone", whole(body, f"新增车位一览表-{SITE}").encode(), lines)


def teasers() -> WebPage:
    """Other articles with their first sentences, which have more text than the article."""
    others = "".join(
        f'<div class="item"><h4><a href="{n}">某县召开第{n}次工作会议</a></h4><p>会议强调，'
        "要坚持问题导向，压实责任，狠抓落实，确保各项任务落地见效……</p></div>"
        for n in range(1, 7)
    )
    body = f"""<ul>{MENU}</ul><div class="w"><h1>{TITLE}</h1>{paragraphs(ARTICLE[:3])}
<div class="more-list"><h3>更多新闻</h3>{others}</div></div>{FOOTER}"""
    return WebPage("teasers", whole(body).encode(), (TITLE, *ARTICLE[:3]))


def filed() -> WebPage:
    """The table of an office above the headline, attached files after the block of the text."""
    body = f"""<ul>{MENU}</ul><div class="p"><table><tr><td>索 引 号：</td><td>00001/2023</td>
<td>主题分类：</td><td>城市管理</td></tr><tr><td>发文机关：</td><td>某区政府办</td><td>成文日期：</td>
<td>2023年5月4日</td></tr></table><h1>{TITLE}</h1><div class="t">{paragraphs(ARTICLE)}</div>
<div class="fj"><p>附件下载：</p><ul><li><a href="1.doc">车位清单.doc</a></li></ul></div>
</div>{FOOTER}"""
    lines = (TITLE, *ARTICLE, "附件下载：", "车位清单.doc")
    return WebPage("filed", whole(body).encode(), lines)


def collapsed() -> WebPage:
    """The end of the text is hidden until the reader asks for it; a long foot."""
    body = f"""<div>{MENU}</div><article><h1>{TITLE}</h1><div>{paragraphs(ARTICLE[:2])}
<div style="display:none">{paragraphs(ARTICLE[2:])}</div><div class="x">展开全文</div></div>
</article><div class="bottom"><p>本网站由某某市人民政府办公室主办，欢迎广大网民提出宝贵意见、建议，
我们将不断改进，为您提供更好的服务。</p>{FOOTER}</div>"""
    return WebPage("collapsed", whole(body).encode(), (TITLE, *ARTICLE))


def cards() -> WebPage:
    """A page that scripts built: a script opens what stands beside the article, without links."""
    card = '<div class="c"><div class="t">{}</div><div class="s">{}</div></div>'
    beside = "".join(
        card.format(f"某街道{name}", f"近日，某街道{name}，居民说好，记者到现场看了看。")
        for name in ("改造老楼", "修好路灯", "办起食堂")
    )
    body = f"""<div id="app"><ul>{MENU}</ul><div class="a"><h2>{TITLE}</h2><section>
{paragraphs([*ARTICLE, SURVEY.replace("逐户", "挨家挨户"), MEETING.replace("搭建", "建起")])}
</section></div><div class="b">{beside}</div></div>"""
    more = (SURVEY.replace("逐户", "挨家挨户"), MEETING.replace("搭建", "建起"))
    return WebPage("cards", whole(body).encode(), (TITLE, *ARTICLE, *more))


def labelled() -> WebPage:
    """The kind of a thread before its headline, a button after it."""
    body = f"""<ul>{MENU}</ul><h1><a href="t">[讨论]</a> <span>{TITLE}</span>
<a href="c">[复制链接]</a></h1><div class="x">{paragraphs(ARTICLE)}</div>{FOOTER}"""
    return WebPage("labelled", whole(body).encode(), (TITLE, *ARTICLE))


def extract() -> WebPage:
    """The first words of the article stand above it, broken off."""
    body = f"""<ul>{MENU}</ul><h2>{TITLE}</h2><div class="intro">{LEAD[:40]}...</div>
<div class="text">{paragraphs(ARTICLE)}<p>【打开APP，查看更多精彩图片】</p></div>{FOOTER}"""
    return WebPage("extract", whole(body).encode(), (TITLE, *ARTICLE))


PAGES = tuple(
    make()
    for make in (
        *(government, editor_tables, wechat, newspaper, layout_table, pieces, school, forum),
        *(word_page, sections, related_inside, remarks, notice, table_alone),
        *(teasers, filed, collapsed, cards, labelled, extract),
    )
)
"""One page of each build."""
