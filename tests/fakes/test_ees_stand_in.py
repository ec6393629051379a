"""The stand-in for Explore Education Statistics keeps to the service's contract."""

from __future__ import annotations

import json

import pytest
import requests

from tests.fakes import ees_samples as samples

EXAMPLES = samples.ORIGINALS.parent / "contracts" / "ees" / "examples"
needs_examples = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the contract's examples are not beside the project")


def post(address, criteria=None, **members):
    body = members if criteria is None else {"criteria": criteria, **members}
    return requests.post(f"{address}/query", json=body)


class Absence:
    """DfE's test data, by label."""

    def __init__(self, ees):
        self.address = f"{ees.api}/data-sets/{ees.data_set('Absence rates by geographic level').id}"
        self.meta = requests.get(f"{self.address}/meta").json()

    def options(self, *labels):
        """Ids of "column: label"."""
        ids = {
            f"{one['column']}: {option['label']}": option["id"]
            for one in self.meta["filters"]
            for option in one["options"]
        }
        return [ids[label] for label in labels]

    def place(self, level, label):
        group = next(one for one in self.meta["locations"] if one["level"]["code"] == level)
        return next(option["id"] for option in group["options"] if option["label"] == label)

    def rows(self, criteria):
        answer = post(self.address, criteria).json()
        assert answer["paging"]["totalResults"] == len(answer["results"])
        return len(answer["results"])


@pytest.fixture(scope="module")
def absence(ees):
    if not samples.has_originals():
        pytest.skip("DfE's test data are not beside the project")
    return Absence(ees)


FOUR = [
    "school_type: Total",
    "school_type: State-funded secondary",
    "academy_type: Secondary free school",
    "academy_type: Secondary sponsor led academy",
]
SHEFFIELD = {"level": "LA", "code": "E08000019"}
IN_2021 = {"period": "2021/2022", "code": "AY"}


@pytest.mark.parametrize(
    ("comparator", "labels", "rows"),
    [
        ("eq", ["ncyear: Year 4"], 54),
        ("notEq", ["ncyear: Year 4"], 162),
        ("in", ["ncyear: Year 4", "ncyear: Year 8"], 108),
        ("notIn", ["ncyear: Year 4", "ncyear: Year 8"], 108),
        ("in", FOUR, 150),
        ("notIn", FOUR, 66),
    ],
)
def test_filters_give_the_row_counts_of_the_services_own_tests(absence, comparator, labels, rows):
    ids = absence.options(*labels)
    assert absence.rows({"filters": {comparator: ids if comparator in ("in", "notIn") else ids[0]}}) == rows


def test_locations_give_the_row_counts_of_the_services_own_tests(absence):
    two = [SHEFFIELD, {"level": "LA", "id": absence.place("LA", "Barnsley")}]
    four = [*two, {"level": "SCH", "laEstab": "3144001"}, {"level": "SCH", "urn": "102579"}]
    counts = [
        absence.rows({"locations": locations})
        for locations in (
            {"eq": SHEFFIELD},
            {"notEq": SHEFFIELD},
            {"in": two},
            {"notIn": two},
            {"in": four},
            {"notIn": four},
        )
    ]
    assert counts == [36, 180, 72, 144, 84, 132]


@pytest.mark.parametrize(
    ("comparator", "rows"), [("eq", 72), ("notEq", 144), ("gt", 72), ("gte", 144), ("lt", 72), ("lte", 144)]
)
def test_time_periods_give_the_row_counts_of_the_services_own_tests(absence, comparator, rows):
    assert absence.rows({"timePeriods": {comparator: IN_2021}}) == rows
    assert absence.rows({"timePeriods": {comparator: {"period": "2021", "code": "AY"}}}) == rows
    got = requests.get(f"{absence.address}/query", params={f"timePeriods.{comparator}": "2021/2022|AY"}).json()
    assert got["paging"]["totalResults"] == rows


def test_a_comparison_with_a_period_that_is_not_there_gives_no_rows(absence):
    answer = post(absence.address, {"timePeriods": {"gte": {"period": "2010/2011", "code": "AY"}}}).json()
    assert answer["results"] == []
    assert {one["code"] for one in answer["warnings"]} == {"TimePeriodsNotFound", "QueryNoResults"}
    assert answer["warnings"][0]["path"] == "criteria.timePeriods.gte"


def test_the_query_with_everything_finds_its_one_row(absence):
    free, led, year = absence.options(
        "academy_type: Secondary free school", "academy_type: Secondary sponsor led academy", "ncyear: Year 8"
    )
    outer_london = {"level": "REG", "code": "E13000002"}
    criteria = {
        "filters": {"notEq": year, "in": [free, led]},
        "geographicLevels": {"notEq": "NAT"},
        "locations": {
            "eq": {"level": "NAT", "code": "E92000001"},
            "notIn": [outer_london, {"level": "LA", "oldCode": "370"}],
        },
        "timePeriods": {"gt": {"period": "2020/2021", "code": "AY"}, "lt": {"period": "2022/2023", "code": "AY"}},
    }
    (row,) = post(absence.address, criteria).json()["results"]
    column = {one["id"]: one["column"] for one in absence.meta["indicators"]}
    values = {column[key]: value for key, value in row["values"].items()}
    assert (values["enrolments"], values["sess_authorised"]) == ("752009", "262396")


def test_a_region_brings_its_authorities_unless_a_level_is_named(absence):
    region = {"locations": {"eq": {"level": "REG", "code": "E12000003"}}}
    rows = post(absence.address, region).json()["results"]
    assert {row["geographicLevel"] for row in rows} == {"REG", "LA", "SCH"}
    assert absence.rows({**region, "geographicLevels": {"eq": "REG"}}) == 24


def test_and_or_not_may_be_nested(absence):
    year_4, year_8 = absence.options("ncyear: Year 4", "ncyear: Year 8")
    either = {"or": [{"filters": {"eq": year_4}}, {"filters": {"eq": year_8}}]}
    assert absence.rows(either) == 108
    assert absence.rows({"not": either}) == 108
    assert absence.rows({"and": [either, {"not": {"filters": {"eq": year_4}}}]}) == 54


def shape(content):
    """Keys and kinds of values. Lists have the shape of their first item; maps from ids have the shape of any value."""
    if isinstance(content, dict):
        return {key: shape(value) for key, value in content.items()}
    if isinstance(content, list):
        return [shape(content[0])] if content else []
    return type(content).__name__


def example(name):
    return shape(json.loads((EXAMPLES / name).read_text("utf-8")))


@needs_examples
@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("data-sets.json", f"/publications/{samples.SEN_IN_ENGLAND.id}/data-sets"),
        ("data-set.json", f"/data-sets/{samples.SEN_PROVISION_ID}"),
        ("404.json", "/data-sets/0197ab00-0000-7000-8000-00000000dead"),
        ("400-get.json", f"/publications/{samples.SEN_IN_ENGLAND.id}/data-sets?foo=bar"),
    ],
)
def test_bodies_have_the_shapes_of_the_examples(ees, name, path):
    assert shape(requests.get(ees.api + path).json()) == example(name)


@needs_examples
def test_meta_has_the_shape_of_the_example(provision):
    meta = requests.get(f"{provision}/meta").json()
    assert shape(meta) == example("meta-cut.json")
    authorities = next(group for group in meta["locations"] if group["level"]["code"] == "LA")["options"]
    assert set(authorities[0]) == {"id", "label", "code", "oldCode"}


@needs_examples
def test_a_query_with_a_warning_has_the_shape_of_the_example(provision):
    places = [{"level": "LA", "oldCode": "303"}, {"level": "LA", "oldCode": "999"}]
    got = post(
        provision, {"and": [{"geographicLevels": {"eq": "LA"}}, {"locations": {"in": places}}]}, pageSize=2
    ).json()
    expected = json.loads((EXAMPLES / "query-with-warning.json").read_text("utf-8"))
    assert got["warnings"] == expected["warnings"]
    assert set(got["results"][0]) == set(expected["results"][0])
    assert got["results"][0]["locations"].keys() == {"NAT", "REG", "LA"}
    assert all(isinstance(value, str) for value in got["results"][0]["values"].values())


@needs_examples
def test_errors_of_a_query_have_the_bodies_of_the_examples(provision):
    for name, answer in (
        ("400-indicators.json", post(provision, indicators=["nope"])),
        ("400-pagesize.json", post(provision, pageSize=20000)),
        ("400-unknown-field.json", post(provision, criterias={})),
    ):
        expected = json.loads((EXAMPLES / name).read_text("utf-8"))
        assert answer.status_code == 400
        assert {**answer.json(), "traceId": ""} == {**expected, "traceId": ""}


CODES_OF_POSTS = [
    ({"criteria": {"filters": {"in": []}}}, "NotEmpty", "criteria.filters.in"),
    ({"criteria": {"and": []}}, "NotEmpty", "criteria.and"),
    ({"criteria": {"filters": {"eq": "a" * 11}}}, "MaximumLength", "criteria.filters.eq"),
    (
        {"criteria": {"and": [{"geographicLevels": {"in": ["XYZ"]}}]}},
        "AllowedValue",
        "criteria.and[0].geographicLevels.in[0]",
    ),
    ({"criteria": {"filters": {"gte": "a"}}}, "UnknownField", "criteria.filters.gte"),
    ({"criteria": {"not": {"filters": {"eq": "a"}}, "filters": {"eq": "a"}}}, "UnknownField", "criteria.filters"),
    ({"criteria": {"locations": {"eq": {"level": "LA", "urn": "1"}}}}, "UnknownField", "criteria.locations.eq.urn"),
    ({"criteria": {"locations": {"eq": {"code": "E1"}}}}, "RequiredValue", "criteria.locations.eq.level"),
    (
        {"criteria": {"timePeriods": {"eq": {"period": "20x4", "code": "AY"}}}},
        "TimePeriodInvalidYear",
        "criteria.timePeriods.eq.period",
    ),
    (
        {"criteria": {"timePeriods": {"eq": {"period": "2020/2022", "code": "AY"}}}},
        "TimePeriodInvalidYearRange",
        "criteria.timePeriods.eq.period",
    ),
    (
        {"criteria": {"timePeriods": {"eq": {"period": "2020/2021", "code": "CY"}}}},
        "TimePeriodAllowedCode",
        "criteria.timePeriods.eq.code",
    ),
    ({"sorts": [{"field": "nonsense", "direction": "Asc"}]}, "SortFieldsNotFound", "sorts"),
    ({"sorts": [{"field": "timePeriod", "direction": "up"}]}, "AllowedValue", "sorts[0].direction"),
    ({"page": 0}, "GreaterThanOrEqual", "page"),
    ({"page": "one"}, "InvalidValue", "page"),
]


@pytest.mark.parametrize(("body", "code", "path"), CODES_OF_POSTS)
def test_a_query_that_is_not_in_order_is_told_why(provision, body, code, path):
    answer = requests.post(f"{provision}/query", json=body)
    assert answer.status_code == 400
    assert [(one["code"], one["path"]) for one in answer.json()["errors"]] == [(code, path)]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("locations.eq=LA", "LocationFormat"),
        ("locations.eq=XX|id|abcde", "LocationAllowedLevel"),
        ("locations.in=LA|urn|12345", "LocationAllowedProperty"),
        ("timePeriods.eq=2024", "TimePeriodFormat"),
        ("timePeriods.eq=2024/2025|CY", "TimePeriodAllowedCode"),
        ("sorts=timePeriod", "SortFormat"),
        ("sorts=timePeriod|up", "SortDirection"),
        ("indicators=nope", "IndicatorsNotFound"),
        ("pageSize=10001", "InclusiveBetween"),
        ("utm_source=news", "UnknownField"),
    ],
)
def test_a_get_query_that_is_not_in_order_is_told_why(provision, query, code):
    answer = requests.get(f"{provision}/query?{query}")
    assert answer.status_code == 400
    assert [one["code"] for one in answer.json()["errors"]] == [code]


def test_a_list_has_its_own_largest_page(ees):
    address = f"{ees.api}/publications/{samples.SEN_IN_ENGLAND.id}/data-sets"
    assert requests.get(address, params={"pageSize": 20}).status_code == 200
    assert requests.get(address, params={"pageSize": 21}).status_code == 400
    assert requests.get(f"{ees.api}/data-sets").status_code == 404


def test_debug_in_the_address_of_a_post_is_refused_and_in_its_body_gives_labels(provision):
    assert requests.post(f"{provision}/query?debug=true", json={}).json()["errors"][0]["code"] == "UnknownField"
    answer = post(provision, debug=True, pageSize=1).json()
    assert " :: England (code = E92000001)" in answer["results"][0]["locations"]["NAT"]
    assert answer["warnings"][0]["code"] == "DebugEnabled"


def test_a_body_may_hold_comments_or_be_missing_but_must_be_json_and_small(provision):
    headers = {"Content-Type": "application/json"}
    commented = '{"pageSize": 1 // one "row"\n, /* all */ "indicators": []}'
    assert len(requests.post(f"{provision}/query", data=commented, headers=headers).json()["results"]) == 1
    assert requests.post(f"{provision}/query").json()["paging"]["totalResults"] == 216
    assert requests.post(f"{provision}/query", data="{}", headers={"Content-Type": "text/plain"}).status_code == 415
    large = requests.post(f"{provision}/query", data="{" + " " * 128 * 1024 + "}", headers=headers)
    assert (large.status_code, large.headers["Content-Type"]) == (413, "text/html")


def test_a_code_means_only_the_first_place_that_has_it(provision):
    meta = requests.get(f"{provision}/meta?types=Locations").json()
    assert meta["filters"] == meta["timePeriods"] == []
    options = [option for group in meta["locations"] for option in group["options"] if option.get("oldCode") == "302"]
    assert [option["label"] for option in options] == ["Second New Town", "Second Old Town"]
    by_code = post(provision, {"locations": {"eq": {"level": "LA", "code": "E08000302"}}}).json()
    assert {row["locations"]["LA"] for row in by_code["results"]} == {options[0]["id"]}
    both = post(provision, {"locations": {"in": [{"level": "LA", "id": option["id"]} for option in options]}}).json()
    assert both["paging"]["totalResults"] == 36


def test_unknown_ids_are_warnings_and_true_when_negated(provision):
    gone = post(provision, {"filters": {"eq": "gone0"}}).json()
    assert [one["code"] for one in gone["warnings"]] == ["FiltersNotFound", "QueryNoResults"]
    assert gone["paging"]["totalResults"] == 0
    assert post(provision, {"filters": {"notEq": "gone0"}}).json()["paging"]["totalResults"] == 216
    stale = requests.get(f"{provision}/query", params={"locations.eq": "LA|code|E09999999"}).json()["warnings"][0]
    assert (stale["path"], stale["detail"]) == ("locations.eq", {"items": ["LA|code|E09999999"]})
    assert (
        post(provision, {"geographicLevels": {"eq": "SCH"}}).json()["warnings"][0]["code"] == "GeographicLevelsNotFound"
    )


def test_ids_of_different_kinds_collide_but_not_within_a_kind(provision):
    meta = requests.get(f"{provision}/meta").json()
    options = [option["id"] for one in meta["filters"] for option in one["options"]]
    places = [option["id"] for group in meta["locations"] for option in group["options"]]
    assert len(set(options)) == len(options)
    assert len(set(places)) == len(places)
    assert meta["filters"][0]["id"] == meta["indicators"][0]["id"] == options[0] == places[0]


def test_rows_come_newest_first_and_sort_by_text(provision):
    count = next(
        one["id"] for one in requests.get(f"{provision}/meta").json()["indicators"] if one["column"] == "pupil_percent"
    )
    rows = post(provision).json()["results"]
    assert [rows[0]["timePeriod"]["period"], rows[-1]["timePeriod"]["period"]] == ["2024/2025", "2021/2022"]
    assert rows[0]["locations"].keys() == {"NAT"}
    sort = {"field": f"indicator|{count}", "direction": "Asc"}
    texts = [row["values"][count] for row in post(provision, indicators=[count], sorts=[sort]).json()["results"]]
    assert texts == sorted(texts)
    assert texts[0] == ""
    assert texts[-1] == "c"
    assert texts != sorted(texts, key=lambda text: (len(text), text))
    other = requests.get(f"{provision}/meta").json()["indicators"][0]["id"]
    assert post(provision, indicators=[other], sorts=[sort]).json()["errors"][0]["code"] == "SortFieldsNotFound"


def test_pages_of_a_query_make_up_the_whole(provision):
    whole = post(provision).json()["results"]
    pages = [post(provision, page=number, pageSize=100).json() for number in (1, 2, 3, 4)]
    assert [len(page["results"]) for page in pages] == [100, 100, 16, 0]
    assert [row for page in pages for row in page["results"]] == whole
    assert pages[3]["warnings"] == []
