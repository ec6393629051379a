"""Own figures from the command line."""

from sendlib.__main__ import main
from sendlib.exports import own_figures as files


def run(capsys, *arguments):
    status = main(["own-figures", *map(str, arguments)])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_the_template_is_that_of_the_page(capsys, tmp_path):
    for name, made in (("ours.xlsx", files.template_xlsx), ("ours.CSV", files.template_csv)):
        assert run(capsys, "template", "--to", tmp_path / name)[0] == 0
        assert (tmp_path / name).read_bytes() == made()
    status, _, told = run(capsys, "template", "--to", tmp_path / "ours.pdf")
    assert status == 2 and ".xlsx or .csv" in told


def test_a_check_says_what_is_read_and_keeps_nothing(capsys, tmp_path):
    (tmp_path / "ours.csv").write_text(
        "Indicator,Period,Figure,Unit\nEarly Help,2025,412,families\nSmall,2025,3,children\n", encoding="utf-8"
    )
    status, said, _ = run(capsys, "check", tmp_path / "ours.csv", "--area", "Plymouth")
    assert (status, said) == (
        0,
        "Plymouth, 2025: Early Help: 412 families\nPlymouth, 2025: Small: Fewer than 5\n",
    )
    assert [one.name for one in tmp_path.iterdir()] == ["ours.csv"]


def test_a_check_names_the_cells_that_are_wrong_a_line_each(capsys, tmp_path):
    wrong = "Indicator,Period,Figure,Unit\nEarly Help,2025,many,\n,2025,4,children\n"
    (tmp_path / "ours.csv").write_text(wrong, encoding="utf-8")
    status, said, told = run(capsys, "check", tmp_path / "ours.csv")
    assert status == 1 and not said
    assert [line.split(":")[0] for line in told.splitlines()] == ["error", "  C2", "  A3"]
    assert run(capsys, "check", tmp_path / "none.csv")[0] == 1
