"""Small articles in several formats, for the tests of the readers: a made-up trial, in nobody's words."""

from __future__ import annotations

import functools
from collections.abc import Sequence

TABLE = """<table><thead>
<tr><th rowspan="2">Characteristic</th><th colspan="2">Group</th><th rowspan="2">P</th></tr>
<tr><th>Drug (n=24)</th><th>Placebo (n=18)</th></tr></thead>
<tbody>
<tr><td>Age, years</td><td>38.5&#xb1;34.3<sup>a</sup></td><td>40.1&#xb1;9</td><td>.45</td></tr>
<tr><td colspan="4">Sex, n (%)</td></tr>
<tr><td>&#x2003;Female</td><td>12 (50.0)</td><td>9 (50.0)</td><td>1.00</td></tr>
<tr><td>&#x2003;Male</td><td>12 (50.0)</td><td>9 (50.0)</td><td/></tr>
<tr><td>Weeks</td><td>12</td><td>13</td><td/></tr>
</tbody></table>"""

JATS = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD Journal Archiving and Interchange DTD v2.3 20070202//EN" "archivearticle.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML" xml:lang="EN">
<front><journal-meta><journal-id journal-id-type="nlm-ta">J Trials</journal-id>
<journal-title-group><journal-title>Journal of Trials</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="doi">10.1000/trial.1</article-id>
<title-group><article-title>A trial of a <italic>drug</italic><xref ref-type="fn" rid="f1">*</xref></article-title>
</title-group>
<contrib-group><contrib contrib-type="author"><name><surname>First</surname><given-names>Anna B</given-names></name>
<xref ref-type="aff" rid="a1">1</xref></contrib><contrib contrib-type="author"><collab>Trial Group</collab></contrib>
</contrib-group><aff id="a1"><label>1</label>Clinic 7, 12345 Town</aff>
<pub-date pub-type="epub"><day>3</day><month>2</month><year>2012</year></pub-date><volume>5</volume><issue>2</issue>
<fpage>101</fpage><lpage>109</lpage>
<abstract><sec><title>Methods</title><p>We treated 42 patients.</p></sec>
<sec><title>Results</title><p>Remission: 91.7% vs. 55.6% (<italic>P</italic>=.007).</p></sec></abstract>
<abstract abstract-type="teaser"><p>Teaser 99.</p></abstract>
<funding-group><award-group><award-id>777</award-id></award-group></funding-group></article-meta></front>
<body>
<sec id="s1"><label>1</label><title>Background</title>
<p>It was shown [<xref ref-type="bibr" rid="r1">1</xref>,<xref ref-type="bibr" rid="r2">2</xref>&#x2013;<xref
 ref-type="bibr" rid="r5">5</xref>] that<sup><xref ref-type="bibr" rid="r6">6</xref>,<xref ref-type="bibr"
 rid="r7">7</xref></sup> 5 &#xd7; 10<sup>&#x2212;3</sup>&#xa0;mol/m<sup>2</sup> helps
(<xref ref-type="bibr" rid="r8">Other et al., 2003</xref>), &#x3c7;<sup>2</sup>(1)&#xa0;=&#xa0;7.39,
t<sub>28</sub> = 2.20, of 12&#x2009;345&#x200b;.</p></sec>
<sec><title>Results</title>
<p>See <xref ref-type="table" rid="t1">Table 1</xref><table-wrap id="t1"><label>Table 1</label><caption><title>Patients
</title><p>At baseline.</p></caption>{TABLE}<table-wrap-foot><fn id="n1"><label>a</label><p>Mean and SD.</p></fn>
</table-wrap-foot></table-wrap> and the figure: 24 of 42.</p>
<fig id="g1"><label>Figure 1</label><caption><p>Flow of 42 patients.</p></caption><graphic xlink:href="x.png"/></fig>
<p>The formula <inline-formula><alternatives><tex-math>\\begin{{document}}$p=0.04$\\end{{document}}</tex-math>
<mml:math><mml:mi>p</mml:mi><mml:mo>=</mml:mo><mml:mn>0.04</mml:mn></mml:math></alternatives></inline-formula> and
<disp-formula><label>(3)</label><mml:math><mml:mfrac><mml:mn>12</mml:mn><mml:mn>24</mml:mn></mml:mfrac></mml:math>
</disp-formula> once.</p>
<list><list-item><label>1.</label><p>Item A</p></list-item><list-item><p>Item B</p></list-item></list></sec>
</body>
<back><ack><p>Thanks 88.</p></ack><app-group><app><title>Appendix</title><p>Six of 42.</p></app></app-group>
<ref-list><ref><mixed-citation>Other 2003;4:55.</mixed-citation></ref></ref-list></back>
</article>
"""

HTML = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>A trial | Journal</title><style>.p {{ width: 66px }}</style>
<meta name="citation_title" content="A trial of a drug"><meta name="citation_author" content="First, Anna B.">
<meta name="citation_journal_title" content="J Trials"><meta name="citation_publication_date" content="2012/02/03">
<meta name="citation_volume" content="5"><meta name="citation_firstpage" content="101">
<meta name="citation_doi" content="10.1000/trial.1"></head>
<body><nav>Home 71</nav><header>Volume 72</header><main><article><h1>A trial of a drug</h1>
<script>document.write("73 patients")</script>
<p id="first">We treated 42 patients<sup><a href="#ref-1">1</a>,<a href="#ref-2">2</a></sup>
with 10<sup>-3</sup>&nbsp;mol/m<sup>2</sup> [<a href="#B3">3</a>].
<p style="display: none">74</p><div hidden>75</div><p aria-hidden="true">76</p>
<section id="results"><h2>Results</h2><p>Line one<br>goes on.<br><br>New paragraph&#150;91.7%.
<p>Table 1. Patients
{TABLE}
<p>a Mean and SD.</p></section>
<h2>References</h2><ol><li>Other 2003; 77</li></ol><p>78</p>
<h2>Appendix</h2><p>Six of 42.</p></article></main><aside role="complementary">79</aside>
<footer>80</footer></body></html>
"""


def words(count: int) -> str:
    """A running text of so many words without a meaning, always the same."""
    stock = "treatment of patients with the drug and without it was observed over months by clinicians who were careful"
    some = stock.split()
    return " ".join(some[i * 7 % len(some)] for i in range(count))


@functools.cache
def pdf(body: str, *, columns: int = 1, head: str = "") -> bytes:
    """A PDF of Typst markup, with a head and a number on every page."""
    import typst

    source = f"""#set page(paper: "a5", columns: {columns}, header: [{head}], numbering: "1")
#set text(size: 9pt, lang: "en", hyphenate: true)
#set super(typographic: false)
#set sub(typographic: false)
#set par(justify: true)
{body}
"""
    return bytes(typst.compile(source.encode()))


def scanned_pdf(pages: int = 2) -> bytes:
    """A PDF whose pages hold no text."""
    return pdf("\n#pagebreak()\n".join(["#rect(width: 5cm, height: 5cm)"] * pages))


def encrypted_pdf() -> bytes:
    """A PDF that asks for a password: its dictionary of encryption is all that a reader needs to see."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>",
    ]
    return built_pdf(objects, b"/Encrypt 4 0 R/ID[<" + b"43" * 16 + b"><" + b"43" * 16 + b">]")


def built_pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, the first of which is its catalogue."""
    content, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj" % number + one + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    end = b"trailer<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (size, trailer, len(content))
    return content + head + table + end
