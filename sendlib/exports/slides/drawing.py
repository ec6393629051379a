"""Charts and pictures on a slide, each with its words for who does not see it."""

from __future__ import annotations

import io
from collections.abc import Sequence
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
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches, Pt

from sendlib.exports.slides import fitting, words
from sendlib.exports.slides.native import Chart, Series
from sendlib.exports.slides.planning import LARGE, Box
from sendlib.pictures.palette import GRID, INK, MID_GREY

_SMALLEST = 14
_WHAT, _KEY, _AXIS = 18, 18, 16
_MOST_LABELS = 8
"""Bars up to which each has its number in large letters."""
_KINDS = {"lines": XL_CHART_TYPE.LINE_MARKERS, "bars": XL_CHART_TYPE.BAR_CLUSTERED}
_DASHES = (MSO_LINE.SOLID, MSO_LINE.DASH, MSO_LINE.ROUND_DOT, MSO_LINE.DASH_DOT)
_MARKERS = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.DIAMOND, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.TRIANGLE)
_SHARE_OF_NAMES = 0.5
"""The part of its width that a chart of bars gives to their names at most."""


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
    _title(drawn, chart.what, place.width)
    _key(drawn, chart)
    if chart.kind == "lines":
        _lines(drawn, chart)
    else:
        _bars(drawn, chart, place)
    words.speak(drawn._chartSpace)


def _format(chart: Chart) -> str:
    number = "0" + (f".{'0' * chart.decimals}" if chart.decimals else "")
    return f"+{number};−{number};{number}" if chart.signed else number


def _letters(font: Any, size: float, colour: str = INK, *, bold: bool = False) -> None:
    font.size, font.bold = Pt(size), bold
    font.color.rgb = words.rgb(colour)


def _title(drawn: Any, what: str, across: float) -> None:
    """The measure over the chart, in at most two lines."""
    drawn.has_title = True
    frame = drawn.chart_title.text_frame
    frame.text = what
    size = fitting.largest(what, (_WHAT, 16, _SMALLEST), 0.95 * across, 2)
    _letters(frame.paragraphs[0].runs[0].font, size)
    drawn.chart_title.include_in_layout = False


def _key(drawn: Any, chart: Chart) -> None:
    """Who is who, above the plot; a single line of bars is named in the title."""
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position = XL_LEGEND_POSITION.TOP
        drawn.legend.include_in_layout = False
        _letters(drawn.legend.font, _KEY)


def _axes(drawn: Any, chart: Chart, size: float) -> None:
    values, names = drawn.value_axis, drawn.category_axis
    values.major_gridlines.format.line.color.rgb = words.rgb(GRID)
    values.format.line.fill.background()
    names.format.line.color.rgb = words.rgb(MID_GREY)
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    for axis in (values, names):
        _letters(axis.tick_labels.font, size)
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = "#,##0", False
    if not chart.signed:
        values.minimum_scale = min(0, *(one for line in chart.series for one in line.values if one is not None))
    if chart.top is not None:
        values.maximum_scale = chart.top


def _lines(drawn: Any, chart: Chart) -> None:
    """Lines with a point at each figure, and the last number of the first one in large letters."""
    _axes(drawn, chart, _AXIS)
    several = len(chart.categories) > _MOST_LABELS + 4
    if several:
        _label_every(drawn, -(-len(chart.categories) // 6))
    for place, (line, one) in enumerate(zip(drawn.plots[0].series, chart.series, strict=True)):
        _look(line, one, place)
        line.smooth = False
    _last_number(drawn.plots[0].series[0], chart)


def _look(line: Any, one: Series, place: int) -> None:
    colour = words.rgb(one.colour)
    if one.joined:
        line.format.line.color.rgb = colour
        line.format.line.width = Pt(2.5 if one.dashed else 4)
        line.format.line.dash_style = _DASHES[place % len(_DASHES)] if one.dashed else MSO_LINE.SOLID
    else:
        line.format.line.fill.background()
    line.marker.style = _MARKERS[place % len(_MARKERS)]
    line.marker.size = 9 if one.dashed else 11
    line.marker.format.fill.solid()
    line.marker.format.fill.fore_color.rgb = colour
    line.marker.format.line.color.rgb = colour


def _label_every(drawn: Any, number: int) -> None:
    """Name each so many categories: with more, their names would be turned on their side."""
    axis = drawn.category_axis._element
    for tag in ("tickLblSkip", "tickMarkSkip"):
        skip = parse_xml(f'<c:{tag} {nsdecls("c")} val="{number}"/>')
        axis.xpath("./c:noMultiLvlLbl")[0].addprevious(skip)


def _last_number(line: Any, chart: Chart) -> None:
    """The newest figure of the first line at its point."""
    one = chart.series[0]
    last = max(place for place, value in enumerate(one.values) if value is not None)
    label = line.points[last].data_label
    label.position = XL_LABEL_POSITION.ABOVE
    _letters(label.font, LARGE, one.colour, bold=True)
    shown = label._dLbl
    for tag, shows in (("showLegendKey", 0), ("showVal", 1), ("showCatName", 0), ("showSerName", 0)):
        for flag in shown.xpath(f"./c:{tag}"):
            flag.set("val", str(shows))


def _bars(drawn: Any, chart: Chart, place: Box) -> None:
    """Bars in rows from above to below, the area's first, with its numbers at their ends."""
    plot, rows = drawn.plots[0], len(chart.categories)
    names, above = drawn.category_axis, _above(chart, place)
    names.reverse_order = True
    row = (place.height - above - 0.1) / rows * fitting.POINTS
    size = min(LARGE, max(_SMALLEST, int(row / (1.3 if rows > _MOST_LABELS else 2.2))))
    _axes(drawn, chart, size)
    drawn.value_axis.visible = False
    drawn.value_axis.has_major_gridlines = False
    plot.gap_width, plot.overlap = (40 if len(chart.series) == 1 else 50), 0
    _label_every(drawn, 1)
    for at, (bars, one) in enumerate(zip(plot.series, chart.series, strict=True)):
        bars.format.fill.solid()
        bars.format.fill.fore_color.rgb = words.rgb(one.colour)
        bars.invert_if_negative = False
        if at == 0 or rows * len(chart.series) <= _MOST_LABELS:
            labels = bars.data_labels
            labels.show_value, labels.position = True, XL_LABEL_POSITION.OUTSIDE_END
            labels.number_format, labels.number_format_is_linked = _format(chart), False
            _letters(labels.font, size, INK, bold=at == 0)
    _leave_room(drawn, chart, place, size, above)


def _above(chart: Chart, place: Box) -> float:
    """Inches of the title and the key over the bars."""
    size = fitting.largest(chart.what, (_WHAT, 16, _SMALLEST), 0.95 * place.width, 2)
    title = fitting.high(chart.what, size, 0.95 * place.width) + 0.15
    return title + (key_high(chart.series, place.width) if len(chart.series) > 1 else 0)


def key_high(series: Sequence[Series], across: float) -> float:
    """Inches of the key: PowerPoint puts its entries into rows."""
    rows, used = 1, 0.0
    for one in series:
        wide = fitting.wide(one.name, _KEY) + 0.45
        if used and used + wide > across:
            rows, used = rows + 1, 0.0
        used += wide
    return rows * _KEY * fitting.LINE / fitting.POINTS + 0.15


def _leave_room(drawn: Any, chart: Chart, place: Box, size: float, above: float) -> None:
    """Place the plot so that the names beside it have what they need, and each stands on one or two lines."""
    longest = max(fitting.wide(name, size) for name in chart.categories)
    beside = min(longest + 0.15, _SHARE_OF_NAMES * place.width)
    at_ends = fitting.wide("+00.0", size, bold=True)
    left, top = beside / place.width, above / place.height
    right = 1 - left - at_ends / place.width
    layout = parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/>'
        f'<c:xMode val="edge"/><c:yMode val="edge"/><c:x val="{left:.4f}"/><c:y val="{top:.4f}"/>'
        f'<c:w val="{right:.4f}"/><c:h val="{0.98 - top:.4f}"/></c:manualLayout></c:layout>'
    )
    area = drawn._chartSpace.chart.plotArea
    for old in area.xpath("./c:layout"):
        area.remove(old)
    area.insert(0, layout)


def add_picture(slide: Any, png: bytes, alt: str, place: Box, name: str) -> None:
    """A picture as large as its place lets it be."""
    shown = slide.shapes.add_picture(io.BytesIO(png), Inches(place.left), Inches(place.top))
    scale = min(Inches(place.width) / shown.width, Inches(place.height) / shown.height)
    shown.width, shown.height = round(shown.width * scale), round(shown.height * scale)
    shown.name = name
    shown._element.nvPicPr.cNvPr.set("descr", alt)
