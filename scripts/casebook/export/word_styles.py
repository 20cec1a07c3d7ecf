"""The styles of a Word file by GB/T 9704-2012, and what a paragraph of each kind looks like.

All measures are in twips (1/20 pt, 56.7 to the millimeter). The type area is 156 mm × 225 mm with
22 lines of 28 characters of size 3 (16 pt).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from casebook.reading.word.docx_styles import SIGNATURE_STYLE, SOURCE_STYLE

LINE_PITCH = 592
"""29.6 pt: (225 mm - one character of 16 pt) / 21 gaps, as 22 lines fill the type area."""

CHARACTER_SPACING = -5
"""-0.25 pt: 28 characters of 16 pt are 158.0 mm, of 15.75 pt (the printers' size 3) 155.6 mm."""

BODY_FONT, KAI_FONT, HEI_FONT, TITLE_FONT, FIGURE_FONT, LATIN_FONT = (
    *("仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体", "Times New Roman"),
)

FONT_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        BODY_FONT: ("仿宋", "FangSong", "华文仿宋", "STFangsong"),
        KAI_FONT: ("楷体", "KaiTi", "华文楷体", "STKaiti"),
        HEI_FONT: ("SimHei", "华文黑体", "STHeiti"),
        TITLE_FONT: ("小标宋", "FZXiaoBiaoSong-B05S", "华文中宋", "STZhongsong", "宋体"),
        FIGURE_FONT: ("SimSun", "华文宋体", "STSong"),
        LATIN_FONT: ("Liberation Serif",),
    }
)
"""The fonts that a file names, none of which it contains, and what may stand for each."""

SIZE_1_5, SIZE_3, SIZE_4, SIZE_SMALL_4 = 44, 32, 28, 24
"""Sizes 2号, 3号, 4号 and 小四 in half-points."""


@dataclass(frozen=True, slots=True)
class WordStyle:
    """A paragraph style. `indent` and `paragraph` are XML of its properties, in their order."""

    name: str
    font: str = BODY_FONT
    latin: str = LATIN_FONT
    size: int = SIZE_3
    spacing: int = CHARACTER_SPACING
    pitch: str = f'w:line="{LINE_PITCH}" w:lineRule="exact"'
    after: int = 0
    indent: str = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
    alignment: str = "both"
    breaks_words: bool = False
    outline: int | None = None

    @property
    def id(self) -> str:
        """The identifier of the style within a file."""
        return self.name.title().replace(" ", "")


_NO_INDENT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
_FOUR_IN = '<w:ind w:rightChars="400" w:right="1280" w:firstLineChars="0" w:firstLine="0"/>'

STYLES: Mapping[str, WordStyle] = MappingProxyType(
    {
        "text": WordStyle("Normal"),
        "title": WordStyle(
            "Title",
            TITLE_FONT,
            size=SIZE_1_5,
            spacing=0,
            after=LINE_PITCH,
            indent=_NO_INDENT,
            alignment="center",
        ),
        "heading-1": WordStyle("heading 1", HEI_FONT, outline=0),
        "heading-2": WordStyle("heading 2", KAI_FONT, outline=1),
        "heading-3": WordStyle("heading 3", outline=2),
        "heading-4": WordStyle("heading 4", outline=3),
        "heading-5": WordStyle("heading 5", outline=4),
        "contents-title": WordStyle(
            "TOC Heading",
            TITLE_FONT,
            size=SIZE_1_5,
            spacing=0,
            after=LINE_PITCH,
            indent=_NO_INDENT,
            alignment="center",
        ),
        "contents": WordStyle("toc 1", indent=_NO_INDENT, alignment="left"),
        "signature": WordStyle(SIGNATURE_STYLE, indent=_FOUR_IN, alignment="right"),
        "source": WordStyle(
            SOURCE_STYLE, size=SIZE_4, spacing=0, alignment="left", breaks_words=True
        ),
        "cell": WordStyle(
            "Cell",
            size=SIZE_SMALL_4,
            spacing=0,
            pitch='w:line="312" w:lineRule="atLeast"',
            indent=_NO_INDENT,
            alignment="left",
        ),
        "footer": WordStyle(
            "footer",
            FIGURE_FONT,
            FIGURE_FONT,
            SIZE_4,
            spacing=0,
            pitch='w:line="400" w:lineRule="exact"',
            indent=_NO_INDENT,
            alignment="left",
        ),
    }
)
"""The style of each kind of passage, of the cells of tables and of the page number.

Levels differ by their fonts and are not bold; deeper ones than 楷体 look like the text.
"""


def render_fonts(style: WordStyle) -> str:
    """The fonts of a run: no theme font is named, because a theme wins over every name.

    The hint gives marks that Latin and Chinese share (“”, —, …) to the Chinese font.
    """
    latin = f'w:ascii="{style.latin}" w:hAnsi="{style.latin}"'
    return f'<w:rFonts {latin} w:eastAsia="{style.font}" w:cs="{style.latin}" w:hint="eastAsia"/>'


def render_run_properties(style: WordStyle) -> str:
    """The properties of a run, which each run repeats, so that no program falls back to its own."""
    spacing = f'<w:spacing w:val="{style.spacing}"/>' if style.spacing else ""
    size = f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>'
    return f"<w:rPr>{render_fonts(style)}{spacing}{size}</w:rPr>"


def render_paragraph_properties(style: WordStyle) -> str:
    """The properties of a paragraph: nothing that would move a line to the next page."""
    wrap = '<w:wordWrap w:val="0"/>' if style.breaks_words else ""
    outline = f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else ""
    return (
        f'<w:pPr><w:widowControl w:val="0"/><w:kinsoku/>{wrap}<w:overflowPunct w:val="0"/>'
        '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="{style.after}" {style.pitch}/>{style.indent}'
        f'<w:jc w:val="{style.alignment}"/>{outline}</w:pPr>'
    )


def render_styles() -> str:
    """All styles, each complete in itself."""
    return "".join(_render_style(style) for style in STYLES.values())


def _render_style(style: WordStyle) -> str:
    is_base = style.name == "Normal"
    default = ' w:default="1"' if is_base else ""
    based = "" if is_base else '<w:basedOn w:val="Normal"/>'
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{style.id}">'
        f'<w:name w:val="{style.name}"/>{based}<w:qFormat/>'
        f"{render_paragraph_properties(style)}{render_run_properties(style)}</w:style>"
    )
