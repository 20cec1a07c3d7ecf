"""An organization's two colors as a style sheet, for light and dark pages."""

from __future__ import annotations

LEAST_CONTRAST = 4.5
"""Of text and its background (WCAG 2.2, 1.4.3)."""

_WHITE, _BLACK = "#ffffff", "#000000"


def find_color_fault(key: str, color: str) -> str:
    """Why white text on a color could not be read, as a sentence; '' if it can."""
    contrast = measure_contrast(color, _WHITE)
    if contrast >= LEAST_CONTRAST:
        return ""
    return (
        f"{key}：{color} 太浅，白字在上面看不清"
        f"（对比度 {contrast:.1f}，至少要 {LEAST_CONTRAST}），请换深一些的"
    )


def measure_contrast(one: str, other: str) -> float:
    """The contrast ratio of two colors, 1 to 21 (WCAG 2.2)."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def render_colors(color: str, accent: str) -> str:
    """The style sheet; '' for a color keeps the one of the package.

    On dark pages the header is darker, and the accent lighter, so that both can be read.
    """
    light, dark = [], []
    if color:
        light += [
            ("primary-fg-color", color),
            ("primary-fg-color--light", _mix(color, _WHITE, 0.15)),
            ("primary-fg-color--dark", _mix(color, _BLACK, 0.25)),
        ]
        header = _mix(color, _BLACK, 0.4)
        dark += [
            ("primary-fg-color", header),
            ("primary-fg-color--light", color),
            ("primary-fg-color--dark", _mix(header, _BLACK, 0.25)),
        ]
    for scheme, shade in ((light, accent), (dark, accent and _mix(accent, _WHITE, 0.55))):
        if shade:
            scheme += [
                ("accent-fg-color", shade),
                ("accent-fg-color--transparent", f"{shade}1a"),
            ]
    rules = [_rule("default", light), _rule("slate", dark)]
    if color:
        rules.append(f'[data-md-color-scheme="slate"] {{ --cb-action: {color}; }}\n')
    return "".join(rules)


def _rule(scheme: str, values: list[tuple[str, str]]) -> str:
    lines = "".join(f"  --md-{name}: {value};\n" for name, value in values)
    return f'[data-md-color-scheme="{scheme}"] {{\n{lines}}}\n' if values else ""


def _channels(color: str) -> tuple[int, ...]:
    return tuple(int(color[at : at + 2], 16) for at in (1, 3, 5))


def _mix(color: str, other: str, part: float) -> str:
    """A color with a part, 0 to 1, of another one."""
    pairs = zip(_channels(color), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def _luminance(color: str) -> float:
    """The relative luminance, 0 to 1 (WCAG 2.2)."""
    parts = [value / 255 for value in _channels(color)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
