"""The style of the pages in each mode, as CSS."""

from __future__ import annotations


def css(mode: str) -> str:
    """Type sizes, keys and cards; every colour of text passes 4.5:1 on its background."""
    common = """
    html { font-size: 18px; }
    .block-container { max-width: 1080px; padding: 1.6rem 1rem 2rem; }
    .st-key-pages { gap: .3rem 1.2rem; border-bottom: 1px solid #b1b4b6; padding-bottom: .3rem; }
    .st-key-pages p { font-weight: 600; color: #12436D; }
    h1 { font-size: clamp(28px, 4vw, 38px) !important; padding: .2rem 0 !important; }
    h2 { font-size: 27px !important; } h3 { font-size: 21px !important; }
    p.sentence { max-width: 46em; line-height: 1.5; }
    .st-key-newer { gap: .2rem; } .st-key-newer p { font-size: 16px; color: #505a5f; line-height: 1.35; }
    .st-key-newer a { padding: 0; } .st-key-newer a p { color: #12436D; text-decoration: underline; }
    p.group { font-weight: 700; margin: 0; }
    ul.key { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: .2rem 0; padding: 0; color:
    #0b0c0c; }
    ul.key li { display: flex; align-items: center; gap: .4rem; margin: 0; }
    ul.key img { flex: none; }
    [data-testid="stAlert"] p { color: #0b0c0c; }
    .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 1rem; margin: .5rem 0; }
    .figures.four { grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); }
    .figure { border-left: 6px solid #12436D; background: #f3f2f1; padding: .5rem .9rem; color: #0b0c0c; }
    .figure p { margin: 0; line-height: 1.35; }
    .figure .number { font-size: 44px; font-weight: 700; line-height: 1.15; }
    .halves { display: grid; grid-template-columns: 1fr 1fr; gap: .8rem; }
    .half .whose { font-weight: 700; } .half.own .whose { color: #12436D; } .half.beside .whose { color: #a63d00; }
    .half.beside .number { color: #a63d00; } .half .number { font-size: 36px; }
    .half .number.long { font-size: 22px; }
    .figure .none { font-size: 1.25rem; font-weight: 700; }
    .figure .standing { font-size: 16px; color: #505a5f; margin-top: .3rem; } .figure .standing img { max-width: 100%; }
    .verdicts { display: grid; gap: 1rem; margin: .5rem 0; }
    .verdicts ul { margin: .2rem 0 0; padding-left: 1.1rem; } .verdicts li { margin: 0 0 .25rem; line-height: 1.35; }
    .verdicts details { display: inline; margin-left: .4rem; } .verdicts details[open] { display: block; margin: 0; }
    .verdicts summary { display: inline; cursor: pointer; color: #12436D; text-decoration: underline; }
    .codebook summary { cursor: pointer; color: #12436D; text-decoration: underline; padding: .2rem 0; }
    .codebook dt { font-weight: 700; } .codebook dd { margin: 0 0 .4rem 1rem; }
    /* A table of thirteen columns or more still fits a laptop's screen, so that it need not be scrolled sideways. */
    [data-testid="stTable"] table:has(th:nth-child(13)) { font-size: 15px; }
    [data-testid="stTable"] table:has(th:nth-child(13)) :is(td, th) { padding: 4px 3px; font-size: 14.5px; }
    @media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; } }
    """
    # For a shared screen of 1280 by 720: everything above the fold, nothing under 18 px.
    show = """
    .block-container { max-width: 1500px; padding: .9rem 2rem 0; }
    [data-testid="stVerticalBlock"] { gap: .4rem; }
    [data-testid="stHeading"] { margin-bottom: .5rem; }
    h1 { font-size: 36px !important; padding: 0 !important; line-height: 1.15 !important; }
    .st-key-change_view { position: fixed; right: 1.5rem; top: .7rem; width: auto; z-index: 999999; }
    [data-testid="stPopoverBody"] { width: min(52rem, 94vw) !important; max-width: none !important; }
    ul.key { font-size: 21px; }
    ul.key:has(li:nth-child(8)) { font-size: 18px; line-height: 1.2; gap: .1rem 1rem; }
    p.group { font-size: 24px; line-height: 1.15; }
    p.sentence { font-size: 19px; line-height: 1.25; max-width: none; margin: 0; }
    [data-testid="stMarkdownContainer"]:has(> p.sentence) { margin-bottom: -.4rem; }
    p.source, p.beside { font-size: 18px; line-height: 1.2; margin: 0; }
    .figures.stacked { grid-template-columns: 1fr; gap: .5rem; margin: 0; }
    .stApp:has(.verdicts) .figures.stacked .number { font-size: 40px; }
    .verdicts { margin: 0; } .verdicts .label { display: none; } .verdicts .figure { font-size: 18px; }
    .verdicts .figure { position: relative; } .verdicts details[open] { display: inline; margin-left: .4rem; }
    .verdicts details p { position: absolute; right: 0; bottom: 100%; z-index: 9; background: #ffffff;
    padding: .5rem .8rem; border: 2px solid #12436D; }
    .verdicts ul { list-style: none; padding: 0; margin: 0; } .verdicts li { margin: 0; line-height: 1.2; }
    .figure { font-size: 19px; padding: .3rem .8rem; } .figure p { line-height: 1.2; }
    .figure .number { font-size: 46px; line-height: 1.05; }
    /* Two areas have twice the words: their names stand once over the numbers, and are said with each of them. */
    .stApp:has(.figures.two) h1 { font-size: 27px !important; line-height: 1.1 !important; }
    .stApp:has(.figures.two) [data-testid="stElementContainer"]:has(p.sentence:empty) { display: none; }
    .stApp:has(.figures.two) .block-container { padding-top: .6rem; }
    .stApp:has(.figures.two) .st-key-change_view { top: .35rem; }
    .stApp:has(.figures.two) p.source { line-height: 1.17; }
    .stApp:has(.figures.two) ul.key { font-size: 18px; line-height: 1.25; gap: .1rem 1rem; }
    .stApp:has(.figures.two) p.group { font-size: 21px; }
    .figures.two.stacked { gap: .2rem; }
    .figures.two .figure { display: block; padding: .05rem .5rem .15rem; font-size: 18px; }
    .figures.two .halves { gap: .5rem; }
    .figures.two .figure p { line-height: 1.08; }
    .figures.two .half p { color: #505a5f; } .figures.two .half .label { color: #0b0c0c; }
    .figures.two .half.own .number { color: #12436D; font-size: 30px; line-height: 1.1; }
    .figures.two .half.beside .number { color: #a63d00; font-size: 30px; line-height: 1.1; }
    .figures.two .half .number.long { font-size: 24px; }
    .figures.two .half .none { font-size: 20px; color: #0b0c0c; }
    .figures.two .heads { padding: 0 .5rem 0 calc(.5rem + 6px); }
    .heads p { margin: 0; font-size: 18px; line-height: 1.15; }
    .figures.two .half.own .whose { color: #12436D; } .figures.two .half.beside .whose { color: #a63d00; }
    .figures.two .figure .whose { position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); }
    .figures.stacked.four { gap: .35rem; margin-top: .6rem; }
    .figures.four .figure { font-size: 18px; padding: .25rem .6rem; display: grid; grid-template-columns: 6.6rem 1fr;
    column-gap: .6rem; }
    .figures.four .figure p { line-height: 1.15; grid-column: 2; }
    .figures.four p.number, .figures.four p.none { grid-column: 1; grid-row: 1 / span 3; align-self: center; }
    .figures.four p.number { font-size: 40px; line-height: 1; } .figures.four p.none { font-size: 20px; }
    .figures.four p.number.long { font-size: 24px; line-height: 1.1; }
    /* On a phone the links to the pages fill the corner, so the button stands below them. */
    @media (max-width: 800px) { .st-key-change_view { position: static; } }
    """
    families = "p.sentence { font-size: 1.15rem; }"
    return common + {"show": show + _larger_on_larger_screens(), "families": families}.get(mode, "")


def _larger_on_larger_screens() -> str:
    """The shared screen of 1280 by 720, enlarged in steps of a tenth as far as the window allows: on full HD half as
    large again.

    Streamlit measures the width of a chart on the screen and draws it in the
    enlarged unit, so the box that it measures is made narrower by as much.
    """
    return "\n".join(
        f"@media (min-width: {1280 * tenths // 10}px) and (min-height: {720 * tenths // 10}px) {{"
        f" .stApp {{ zoom: {tenths / 10}; }} [data-testid='stVegaLiteChart']"
        f" {{ width: {1000 / tenths:.3f}% !important; }} }}"
        for tenths in range(11, 31)
    )
