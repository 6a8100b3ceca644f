"""What it costs to ask for a balance when there are many transfers.

The transfers are inserted as one set and count over five years; every one touches the hot
account, one in 64 each of its targets. The peer has as many, over the same accounts.
"""

from collections.abc import Iterator

from bench.ledger_books import Books, Row

ASKED = {
    "now": "today's balance",
    "counted": "balance as it counted on a past date",
    "both": "balance as it counted and was known on a past date",
}
PAGES = {
    "now": "books page with its picture",
    "past": "the same on a past day, as it counted and was known",
    "narrow": "the same of one measure",
}
ACCOUNTS = {"hot": "hot account", "one": "one of its 32 targets"}


def balances(books: Books, number: int, hordak: Books | None = None) -> Iterator[Row]:
    """Fill up to this number, prove the books true, and ask; beside the peer where there is one.

    The peer knows one time axis, so its past date stands beside both of ours.
    """
    said = f"{books.name}, {number:,} transfers"
    books.told("fill", str(number))
    ours, theirs = books.told("balances"), {}
    if hordak:
        hordak.told("fill", str(number))
        theirs = hordak.told("balances")
    for account, whose in ACCOUNTS.items():
        for asked, what in ASKED.items():
            spent = ours[f"{account}_{asked}"]
            beside = f"sum over transfers: {ours['sum']:.1f} ms" if account == "hot" else ""
            if theirs:
                peer = theirs[f"{account}_{'now' if asked == 'now' else 'past'}"]
                beside = f"django-hordak: {peer:,.1f} ms, ratio {peer / spent:,.0f}"
            yield f"{said}, {whose}: {what}", f"{spent:.2f} ms", beside, "< 5 ms"
    yield f"{said}: where is each euro on a past date", f"{ours['places']:.1f} ms", "", ""
    yield f"{said}: what flowed between places", f"{ours['flows']:.1f} ms", "", ""
    for page, what in PAGES.items():
        spent, own = ours[f"page_{page}"], ours[f"own_{page}"]
        yield f"{said}: {what}", f"{spent:.0f} ms", f"own time {own:.0f} ms", "< 50 ms"
    yield (
        f"{said}: `ledger check`, breaches",
        f"{ours['check']:.1f} s",
        f"{ours['faults']:.0f}",
        "0",
    )
