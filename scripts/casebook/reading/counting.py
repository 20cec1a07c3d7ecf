"""Numbers as the lists of Word show them: the formats of `w:numFmt`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from casebook.text.numerals import ONE_TO_NINE

MOST_COUNTED = 9_999
"""Number up to which a format counts; a larger one is written in figures."""

MOST_ROMAN, MOST_LETTERED = 3_999, 780
"""The same for Roman numerals, and for letters, which grow by one with each alphabet."""

_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_UNITS, _LEGAL_UNITS = "十百千", "拾佰仟"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_CIRCLED = [chr(0x2460 + each) for each in range(20)]
_CIRCLED += [chr(0x3251 + each) for each in range(15)] + [chr(0x32B1 + each) for each in range(15)]
_WIDE_FIGURES = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def format_number(value: int, form: str) -> str:
    """A number in a format of Word, such as 十二 for chineseCounting; '' for bullet and none.

    A format that is not known here, and a number that a format does not reach, is in figures.
    """
    writer = WRITERS.get(form)
    if writer is None or not 0 <= value <= MOST_COUNTED:
        return str(value)
    return writer(value)


def _one_of(signs: Sequence[str]) -> Callable[[int], str]:
    """One sign for each number; figures where they end."""
    return lambda value: signs[value - 1] if 0 < value <= len(signs) else str(value)


def _by_digit(zero: str) -> Callable[[int], str]:
    digits = zero + ONE_TO_NINE
    return lambda value: "".join(digits[int(figure)] for figure in str(value))


def _up_to_99(zero: str) -> Callable[[int], str]:
    """With 十 below a hundred, digit by digit from there on: 九十九, 一○○."""
    small, large = _with_units(zero + ONE_TO_NINE, _UNITS, bare_ten=True), _by_digit(zero)
    return lambda value: small(value) if value < 100 else large(value)


def _with_units(
    digits: Sequence[str], units: str, bare_ten: bool = False, bare_units: bool = False
) -> Callable[[int], str]:
    """With a unit after each digit: 一百零一; 十二 with a bare ten, 百 with bare units.

    An empty first digit leaves zeros out, as Japanese does: 百一.
    """

    def write(value: int) -> str:
        written = ""
        for place, figure in enumerate(str(value)):
            power = len(str(value)) - place - 1
            unit = units[power - 1] if power else ""
            if figure != "0":
                bare = bare_units and unit and figure == "1"
                written += ("" if bare else digits[int(figure)]) + unit
            elif not written.endswith(digits[0]):
                written += digits[0]
        written = written.rstrip(digits[0]) or digits[0]
        leading = digits[1] + units[0]
        return written[1:] if bare_ten and written.startswith(leading) else written

    return write


def _roman(value: int) -> str:
    if not 0 < value <= MOST_ROMAN:
        return str(value)
    written = ""
    for amount, letters in _ROMAN:
        written += letters * (value // amount)
        value %= amount
    return written


def _letter(value: int) -> str:
    """a … z, aa, bb …: the letter of each round, once more with each."""
    if not 0 < value <= MOST_LETTERED:
        return str(value)
    rounds, place = divmod(value - 1, len(_LETTERS))
    return _LETTERS[place] * (rounds + 1)


def _ordinal(value: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{'th' if 11 <= value % 100 <= 13 else ending}"


def _sexagenary(value: int) -> str:
    """甲子, 乙丑 …: stems and branches together, sixty of them."""
    stem, branch = _STEMS[(value - 1) % 10], _BRANCHES[(value - 1) % 12]
    return f"{stem}{branch}" if 0 < value <= 60 else str(value)


def _wide(value: int) -> str:
    return str(value).translate(_WIDE_FIGURES)


WRITERS: dict[str, Callable[[int], str]] = {
    "none": lambda value: "",
    "bullet": lambda value: "",
    "decimalZero": "{:02}".format,
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalEnclosedCircle": _one_of(_CIRCLED),
    "decimalEnclosedCircleChinese": _one_of(_CIRCLED),
    "decimalEnclosedFullstop": _one_of("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "decimalEnclosedParen": _one_of("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "ideographEnclosedCircle": _one_of("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "ideographDigital": _by_digit("〇"),
    "japaneseDigitalTenThousand": _by_digit("〇"),
    "koreanDigital2": _by_digit("零"),
    "taiwaneseDigital": _by_digit("○"),
    "chineseCounting": _up_to_99("○"),
    "taiwaneseCounting": _up_to_99("○"),
    "chineseCountingThousand": _with_units("零" + ONE_TO_NINE, _UNITS, bare_ten=True),
    "taiwaneseCountingThousand": _with_units("零" + ONE_TO_NINE, _UNITS, bare_ten=True),
    "japaneseCounting": _with_units(("", *ONE_TO_NINE), _UNITS, bare_units=True),
    "chineseLegalSimplified": _with_units("零壹贰叁肆伍陆柒捌玖", _LEGAL_UNITS),
    "ideographLegalTraditional": _with_units("零壹貳參肆伍陸柒捌玖", _LEGAL_UNITS),
    "japaneseLegal": _with_units(("", *"壱弐参四伍六七八九"), _LEGAL_UNITS),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerLetter": _letter,
    "upperLetter": lambda value: _letter(value).upper(),
    "numberInDash": "- {} -".format,
    "ordinal": _ordinal,
    "hex": "{:X}".format,
}
"""How a format writes a number."""
