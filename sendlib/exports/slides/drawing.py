"""Charts and pictures on a slide, each with its words for who does not see it."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches, Pt

from sendlib.exports.slides import fitting, words
from sendlib.exports.slides.native import Chart, Series
from sendlib.exports.slides.planning import LARGE, Box
from sendlib.pictures.palette import GRID, INK, MID_GREY, PAPER, for_words

_SMALLEST = 14
_NAMES = (LARGE, 22, 20, 18, 16, _SMALLEST)
_WHATS, _KEY, _AXIS = (18, 16, _SMALLEST), 16, 16
_OF_THE_WIDTH = 0.75
"""The part of the width of a chart that programs give to its title before they wrap it."""
_SIGN = {"lines": 0.9, "bars": 0.5}
"""Inches of the sign before an entry of the key, with the room around it."""
_FEW_ROWS, _MOST_NUMBERS = 4, 8
"""Rows up to which names may have two lines, and bars up to which each has its number."""
_NEAR = 0.14
"""The part of the axis within which two numbers would run into one another."""
_BEYOND = 0.3
"""Inches that the last number of a line needs beyond its point."""
_NUMBER = 0.35
"""The part of the axis above a point that a number and a line over it need."""
_KINDS = {"lines": XL_CHART_TYPE.LINE_MARKERS, "bars": XL_CHART_TYPE.BAR_CLUSTERED}
_DASHES = (MSO_LINE.SOLID, MSO_LINE.DASH, MSO_LINE.ROUND_DOT, MSO_LINE.DASH_DOT)
_MARKERS = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.DIAMOND, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.TRIANGLE)
_SHARE_OF_NAMES, _SHARE_WHERE_NARROW = 0.6, 0.72
"""The part of its width that a chart of bars gives to their names at most; the second where they could not be
smaller."""


def add_chart(slide: Any, chart: Chart, place: Box) -> None:
    """A chart whose numbers open in Excel, and whose colours, words and kind can be changed in PowerPoint."""
    data = CategoryChartData(number_format=_format(chart))
    data.categories = list(chart.categories)
    for one in chart.series:
        data.add_series(one.name, one.values)
    corner = (Inches(one) for one in (place.left, place.top, place.width, place.height))
    frame = slide.shapes.add_chart(_KINDS[chart.kind], *corner, data)
    frame.name = "Chart"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.alt)
    drawn = frame.chart
    above = _key(drawn, chart, place, _title(drawn, chart.what, place))
    if chart.kind == "lines":
        _lines(drawn, chart, place, above)
    else:
        _bars(drawn, chart, place, above)
    _on_paper(drawn)
    words.speak(drawn._chartSpace)


def _format(chart: Chart) -> str:
    number = "#,##0" + (f".{'0' * chart.decimals}" if chart.decimals else "")
    return f"+{number};-{number};{number}" if chart.signed else number


def _letters(font: Any, size: float, colour: str = INK, *, bold: bool = False) -> None:
    font.size, font.bold = Pt(size), bold
    font.color.rgb = words.rgb(colour)


def _title(drawn: Any, what: str, place: Box) -> float:
    """The measure over the chart from the left, in at most two lines; how high it is in inches."""
    drawn.has_title = True
    frame = drawn.chart_title.text_frame
    frame.text = what
    across = _OF_THE_WIDTH * place.width
    size = fitting.largest(what, _WHATS, across, 1)
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    _letters(frame.paragraphs[0].runs[0].font, size)
    title = drawn.chart_title._element
    for old in title.xpath("./c:layout"):
        title.remove(old)
    title.xpath("./c:tx")[0].addnext(_layout({"x": 0.0, "y": 0.0}))
    return fitting.high(what, size, across) + 0.12


def _layout(parts: Mapping[str, float], *, inner: bool | None = None) -> Any:
    """A place within a chart, in parts of its size; `inner` is for a plot."""
    target = "" if inner is None else f'<c:layoutTarget val="{"inner" if inner else "outer"}"/>'
    modes = "".join(f'<c:{one}Mode val="edge"/>' for one in ("x", "y"))
    where = "".join(f'<c:{name} val="{part:.4f}"/>' for name, part in parts.items())
    return parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{target}{modes}{where}</c:manualLayout></c:layout>")


def _key(drawn: Any, chart: Chart, place: Box, above: float) -> float:
    """Who is who, between the title and the plot; bars of one area are named in the title. How far down it reaches."""
    drawn.has_legend = len(chart.series) > 1
    if not drawn.has_legend:
        return above
    legend, rows = drawn.legend, _rows_of_key(chart, place.width)
    legend.position, legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    _letters(legend.font, _KEY)
    high = len(rows) * _KEY * 1.35 / fitting.POINTS
    for old in legend._element.xpath("./c:layout"):
        legend._element.remove(old)
    where = {"x": 0.0, "y": above / place.height, "w": 0.99, "h": high / place.height}
    legend._element.xpath("./c:legendPos")[0].addnext(_layout(where))
    return above + high + 0.08


def _rows_of_key(chart: Chart, across: float) -> list[list[float]]:
    """The widths of the entries of a key, in rows."""
    rows: list[list[float]] = [[]]
    for one in chart.series:
        wide = fitting.wide(one.name, _KEY) + _SIGN[chart.kind]
        if rows[-1] and sum(rows[-1]) + wide > across:
            rows.append([])
        rows[-1].append(wide)
    return rows


def _on_paper(drawn: Any) -> None:
    """White behind a chart, whose words are dark whatever ground a template has."""
    space = drawn._chartSpace
    paper = parse_xml(
        f'<c:spPr {nsdecls("c", "a")}><a:solidFill><a:srgbClr val="{PAPER[1:].upper()}"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></c:spPr>"
    )
    space.xpath("./c:chart")[0].addnext(paper)


def _axes(drawn: Any, chart: Chart, size: float) -> None:
    values, names = drawn.value_axis, drawn.category_axis
    values.major_gridlines.format.line.color.rgb = words.rgb(GRID)
    values.format.line.fill.background()
    names.format.line.color.rgb = words.rgb(MID_GREY)
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    for axis in (values, names):
        _letters(axis.tick_labels.font, size)
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = "#,##0", False


def _ends(chart: Chart) -> tuple[float, float]:
    """The lowest and the highest value, and nought."""
    values = [one for line in chart.series for one in line.values if one is not None]
    return min(0.0, *values), max(0.0, *values)


def _lines(drawn: Any, chart: Chart, place: Box, above: float) -> None:
    """Lines with a point at each figure, and the last numbers of those that have room for it."""
    _axes(drawn, chart, _AXIS)
    drawn.value_axis.minimum_scale = _ends(chart)[0]
    if chart.top is not None:
        drawn.value_axis.maximum_scale = chart.top
    room = fitting.wide(max(chart.categories, key=len), _AXIS) + 0.05
    _label_every(drawn, max(1, math.ceil(len(chart.categories) * room / (place.width - 0.7))))
    for line, one in zip(drawn.plots[0].series, chart.series, strict=True):
        _look(line, one)
        line.smooth = False
    for at in _told_at_the_end(chart):
        _last_number(drawn.plots[0].series[at], chart.series[at], below=_goes_below(chart, at))
    top = above / place.height
    beyond = _BEYOND / place.width
    _place_plot(drawn, {"x": 0.0, "y": top, "w": 0.99 - beyond, "h": 0.99 - top}, inner=False)


def _place_plot(drawn: Any, parts: Mapping[str, float], *, inner: bool) -> None:
    """Give the plot its place: `inner` without the names at its axes, else with them."""
    area = drawn._chartSpace.chart.plotArea
    for old in area.xpath("./c:layout"):
        area.remove(old)
    area.insert(0, _layout(parts, inner=inner))


def _look(line: Any, one: Series) -> None:
    colour = words.rgb(one.colour)
    if one.joined:
        line.format.line.color.rgb = colour
        line.format.line.width = Pt(2.5 if one.look else 4)
        line.format.line.dash_style = _DASHES[one.look % len(_DASHES)]
    else:
        line.format.line.fill.background()
    if not one.points:
        line.marker.style = XL_MARKER_STYLE.NONE
        return
    line.marker.style = _MARKERS[one.look % len(_MARKERS)]
    line.marker.size = 9 if one.look else 11
    line.marker.format.fill.solid()
    line.marker.format.fill.fore_color.rgb = colour
    line.marker.format.line.color.rgb = colour


def _label_every(drawn: Any, number: int) -> None:
    """Name each so many categories, and leave none of them out that has room."""
    axis = drawn.category_axis._element
    for tag in ("tickLblSkip", "tickMarkSkip"):
        axis.xpath("./c:noMultiLvlLbl")[0].addprevious(parse_xml(f'<c:{tag} {nsdecls("c")} val="{number}"/>'))


def _last(one: Series) -> tuple[int, float]:
    """The last category of which a series has a value, and the value."""
    return max((at, value) for at, value in enumerate(one.values) if value is not None)


def _told_at_the_end(chart: Chart) -> list[int]:
    """Which series have their last number beside them: the first, and those that do not come near another's."""
    low, high = _ends(chart)
    near, told = _NEAR * ((chart.top or high) - low), [0]
    for at, one in enumerate(chart.series[1:], start=1):
        where, value = _last(one)
        ends = [_last(other) for place, other in enumerate(chart.series) if place != at]
        if all(abs(value - other) > near or where - there > len(one.values) / 4 for there, other in ends):
            told.append(at)
    return told


def _goes_below(chart: Chart, at: int) -> bool:
    """Whether a last number stands below its point: where another line ends above it, and the axis is not near."""
    low, high = _ends(chart)
    whole, value = (chart.top or high) - low, _last(chart.series[at])[1]
    above = any(value < _last(one)[1] < value + _NUMBER * whole for one in chart.series)
    return above and value - low > _NUMBER * whole / 2


def _last_number(line: Any, one: Series, *, below: bool) -> None:
    """The newest figure of a line at its point."""
    label = line.points[_last(one)[0]].data_label
    label.position = XL_LABEL_POSITION.BELOW if below else XL_LABEL_POSITION.ABOVE
    _letters(label.font, LARGE, for_words(one.colour), bold=True)
    for tag, shows in (("showLegendKey", 0), ("showVal", 1), ("showCatName", 0), ("showSerName", 0)):
        for flag in label._dLbl.xpath(f"./c:{tag}"):
            flag.set("val", str(shows))


def _bars(drawn: Any, chart: Chart, place: Box, above: float) -> None:
    """Bars in rows from above to below, the area's first, with its numbers at their ends."""
    plot, rows, each = drawn.plots[0], len(chart.categories), len(chart.series)
    drawn.category_axis.reverse_order = True
    row = (place.height - above) / rows * fitting.POINTS
    size = _size_of_names(chart, row, _SHARE_OF_NAMES * place.width)
    _axes(drawn, chart, size)
    drawn.value_axis.visible, drawn.value_axis.has_major_gridlines = False, False
    plot.gap_width, plot.overlap = (40 if each == 1 else 30), 0
    _label_every(drawn, 1)
    number = min(size, max(_SMALLEST, int(row / each / 0.9)))
    for at, (bars, one) in enumerate(zip(plot.series, chart.series, strict=True)):
        bars.format.fill.solid()
        bars.format.fill.fore_color.rgb = words.rgb(one.colour)
        bars.invert_if_negative = False
        if at == 0 or rows * each <= _MOST_NUMBERS:
            labels = bars.data_labels
            labels.show_value, labels.position = True, XL_LABEL_POSITION.OUTSIDE_END
            labels.number_format, labels.number_format_is_linked = _format(chart), False
            _letters(labels.font, number, bold=at == 0)
    _leave_room(drawn, chart, place, (size, number), above)


def _size_of_names(chart: Chart, row: float, across: float) -> float:
    """The size of the names of rows of so many points: the largest in which each has one line, or two of few rows."""
    lines = 2 if len(chart.categories) <= _FEW_ROWS else 1
    sizes = [size for size in _NAMES if size * 1.3 * lines <= row] or [_SMALLEST]
    return min(fitting.largest(name, sizes, across, lines) for name in chart.categories)


def _leave_room(drawn: Any, chart: Chart, place: Box, sizes: tuple[float, float], above: float) -> None:
    """Place the plot so that the names beside it have what they need, and the axis so that the numbers at the ends of
    the bars have."""
    longest = max(fitting.wide(name, sizes[0]) for name in chart.categories)
    most = _SHARE_OF_NAMES if sizes[0] > _SMALLEST else _SHARE_WHERE_NARROW
    left = min((longest + 0.2) / place.width, most)
    top = above / place.height
    _place_plot(drawn, {"x": left, "y": top, "w": 0.99 - left, "h": 0.99 - top}, inner=True)
    low, high = _ends(chart)
    told = max((chart.told(value) for value in (low, high)), key=len)
    number = (fitting.wide(told, sizes[1], bold=True) + 0.12) / ((0.99 - left) * place.width)
    sides = (low < 0) + (high > 0)
    more = number * (high - low) / max(0.2, 1 - sides * number)
    drawn.value_axis.minimum_scale = low - more if low < 0 else 0
    drawn.value_axis.maximum_scale = high + more if high > 0 else 0


def add_picture(slide: Any, png: bytes, alt: str, place: Box, name: str) -> None:
    """A picture as large as its place lets it be."""
    shown = slide.shapes.add_picture(io.BytesIO(png), Inches(place.left), Inches(place.top))
    scale = min(Inches(place.width) / shown.width, Inches(place.height) / shown.height)
    shown.width, shown.height = round(shown.width * scale), round(shown.height * scale)
    shown.name = name
    shown._element.nvPicPr.cNvPr.set("descr", alt)
