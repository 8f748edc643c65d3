"""Every colour is readable where it stands, and the pens are told apart by eyes that do not see red or green."""

import itertools
import math

import pytest

from desktop.model.author import AUTHOR_COLOURS
from desktop.ui.reader.painting import SELECTION_ALPHA
from desktop.ui.theme.tokens import THEMES, Theme

TEXT = 4.5
"""Contrast of text to what it stands on (WCAG 2, AA)."""
SIGN = 3.0
"""Contrast of lines and signs that carry meaning."""
APART = 11.0
"""Distance in CIE Lab at which two fills are clearly two: some five just noticeable differences."""
EYES = ("usual", "protanopia", "deuteranopia")

# Responses of the long, middle and short cones to linear sRGB, in an arbitrary unit.
CONES = ((17.8824, 43.5161, 4.11935), (3.45565, 27.1554, 3.86714), (0.0299566, 0.184309, 1.46709))

Vector = tuple[float, float, float]

each_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)


def linear(colour: str) -> Vector:
    """Return red, green and blue as amounts of light."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def product(rows: tuple[Vector, ...], vector: Vector) -> Vector:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in rows)
    return first, second, third


def solved(rows: tuple[Vector, ...], result: Vector) -> Vector:
    """Return the vector whose product with the rows is `result` (Cramer's rule)."""

    def determinant(columns: list[Vector]) -> float:
        (a, b, c), (d, e, f), (g, h, i) = columns
        return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)

    columns = list(zip(*rows, strict=True))
    whole = determinant(columns)
    first, second, third = (
        determinant([result if other == at else column for other, column in enumerate(columns)]) / whole
        for at in range(3)
    )
    return first, second, third


def seen(colour: str, eyes: str) -> Vector:
    """Return the linear colour that looks to usual eyes as `colour` does to these.

    Who lacks a kind of cone sees white and blue as all do: what the missing cone would say is taken from the other two
    so that these stay as they are.
    """
    light = linear(colour)
    if eyes == "usual":
        return light
    missing, other = (0, 1) if eyes == "protanopia" else (1, 0)
    white, blue = product(CONES, (1, 1, 1)), product(CONES, (0, 0, 1))
    whole = white[other] * blue[2] - blue[other] * white[2]
    of_other = (white[missing] * blue[2] - blue[missing] * white[2]) / whole
    of_short = (white[other] * blue[missing] - blue[other] * white[missing]) / whole
    cones = list(product(CONES, light))
    cones[missing] = of_other * cones[other] + of_short * cones[2]
    red, green, blue_light = (min(1.0, max(0.0, part)) for part in solved(CONES, (cones[0], cones[1], cones[2])))
    return red, green, blue_light


def lab(light: Vector) -> Vector:
    """Return a linear colour in CIE Lab (D65), where distance is difference."""
    x, y, z = product(((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505)), light)

    def root(part: float) -> float:
        return part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116

    return 116 * root(y) - 16, 500 * (root(x / 0.95047) - root(y)), 200 * (root(y) - root(z / 1.08883))


def distance(one: str, other: str, eyes: str) -> float:
    return math.dist(lab(seen(one, eyes)), lab(seen(other, eyes)))


TEXT_ON = (
    ("ink", "window"),
    ("ink", "panel"),
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "hover"),
    ("ink", "line"),  # a button held down
    ("ink", "accent_soft"),
    ("muted", "window"),
    ("muted", "panel"),
    ("muted", "paper"),
    ("muted", "card"),
    ("muted", "hover"),
    ("muted", "accent_soft"),
    ("accent", "window"),
    ("accent", "panel"),
    ("accent", "paper"),
    ("accent", "card"),
    ("accent", "hover"),
    ("accent", "accent_soft"),
    ("alert", "window"),
    ("alert", "panel"),
    ("alert", "paper"),
    ("alert", "card"),
    ("seal", "window"),
    ("seal", "panel"),
    ("hit_ink", "hit"),
    ("selection_ink", "selection"),
)
SIGNS_ON = (
    ("edge", "paper"),
    ("edge", "window"),
    ("accent", "panel"),
    ("accent", "accent_soft"),
    ("hit_line", "window"),
    ("hit_line", "paper"),
    ("selection", "paper"),
)


@each_theme
@pytest.mark.parametrize(("text", "ground"), TEXT_ON, ids=lambda value: value)
def test_text_is_readable_where_it_stands(theme: Theme, text: str, ground: str) -> None:
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= TEXT


@each_theme
@pytest.mark.parametrize(("sign", "ground"), SIGNS_ON, ids=lambda value: value)
def test_signs_stand_out_where_they_are(theme: Theme, sign: str, ground: str) -> None:
    assert contrast(getattr(theme, sign), getattr(theme, ground)) >= SIGN


@each_theme
def test_the_text_is_readable_on_every_pen(theme: Theme) -> None:
    assert [contrast(theme.ink, pen) >= TEXT for pen in theme.pens] == [True] * 5


@each_theme
def test_the_text_is_readable_where_it_is_selected_on_a_pen(theme: Theme) -> None:
    grounds = [mixed(theme.accent, ground, SELECTION_ALPHA) for ground in (*theme.pens, theme.paper)]
    assert [contrast(theme.ink, ground) >= TEXT for ground in grounds] == [True] * 6


def mixed(over: str, under: str, alpha: float) -> str:
    """Return the colour of `over`, laid over `under` with so much of itself."""
    pairs = [(int(over[i : i + 2], 16), int(under[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(one * alpha + other * (1 - alpha)):02x}" for one, other in pairs)


@each_theme
@pytest.mark.parametrize("ground", ["paper", "window", "card", "panel"])
def test_the_line_of_every_pen_stands_out(theme: Theme, ground: str) -> None:
    low = {line: contrast(line, getattr(theme, ground)) for line in theme.pen_lines}
    assert {line: value for line, value in low.items() if value < SIGN} == {}


@each_theme
@pytest.mark.parametrize("ground", ["card", "accent_soft"])
def test_the_sign_of_every_author_stands_out(theme: Theme, ground: str) -> None:
    assert len(set(theme.authors)) == AUTHOR_COLOURS
    low = {sign: contrast(sign, getattr(theme, ground)) for sign in theme.authors}
    assert {sign: value for sign, value in low.items() if value < SIGN} == {}


@each_theme
@pytest.mark.parametrize("eyes", EYES)
def test_fills_are_told_apart(theme: Theme, eyes: str) -> None:
    fills = dict(zip("12345", theme.pens, strict=True)) | {
        "hit": theme.hit,
        "paper": theme.paper,
        "selection": theme.selection,
    }
    assert _alike(fills, eyes) == {}


@each_theme
@pytest.mark.parametrize("eyes", EYES)
def test_lines_are_told_apart(theme: Theme, eyes: str) -> None:
    lines = dict(zip("12345", theme.pen_lines, strict=True)) | {"hit": theme.hit_line, "window": theme.window}
    assert _alike(lines, eyes) == {}


def _alike(colours: dict[str, str], eyes: str) -> dict[str, float]:
    """Return the pairs that are too near to one another, with their distance."""
    pairs = {
        f"{one} and {other}": distance(colours[one], colours[other], eyes)
        for one, other in itertools.combinations(colours, 2)
    }
    return {pair: round(value, 1) for pair, value in pairs.items() if value < APART}


def test_the_simulation_takes_red_and_green_away_and_leaves_white_and_blue() -> None:
    for eyes in EYES[1:]:
        assert distance("#ffffff", "#ffffff", eyes) == 0
        assert math.dist(lab(seen("#ffffff", eyes)), lab(linear("#ffffff"))) < 0.1
        assert math.dist(lab(seen("#0000ff", eyes)), lab(linear("#0000ff"))) < 0.1
        # A pair everybody knows from maps: far apart to most, one brown to some.
        assert distance("#c0504d", "#76933c", "usual") > 60
    assert distance("#c0504d", "#76933c", "deuteranopia") < 20


@each_theme
def test_a_themes_name_is_its_key_and_its_darkness_is_true(theme: Theme) -> None:
    assert THEMES[theme.name] is theme
    assert (luminance(theme.paper) < luminance(theme.ink)) is theme.dark
