"""The pages of a site, as they are visited -> adverts in the store; those that are gone from their page are closed."""

from collections.abc import Iterable

from lmiforall.base.advert import Faulty, Posting
from lmiforall.extract.adverts.crawl import Known, Page
from lmiforall.keep import adverts, ending, pages
from lmiforall.keep.database import Database
from lmiforall.match.adverts.run import Done, Run, take


def known(store: Database, source: str) -> Known:
    """Give what a crawler asks of each page: its validators from last time."""

    def validators(url: str) -> tuple[str, str]:
        page = pages.seen(store, source, url)
        return page.etag, page.last_modified

    return validators


def take_pages(run: Run, source: str, visited: Iterable[Page | Faulty]) -> Done:
    """Take page after page. A page is remembered after its adverts are kept: one that dies between comes again."""
    done = Done()
    for page in visited:
        if isinstance(page, Faulty):
            done.fault(page)
            continue
        before = pages.seen(run.store, source, page.url)
        if page.unchanged:
            taken = adverts.put(run.store, [], [(source, one) for one in before.ids], run.day)
            done.taken.add(taken)
            done.read += len(before.ids)
        else:
            _take_page(run, source, page, before, done)
        run.progress(done)
    return done


def _take_page(run: Run, source: str, page: Page, before: pages.Seen, done: Done) -> None:
    ids = tuple(item.id for item in page.items if isinstance(item, Posting))
    if page.items:
        take(run, page.items, done)
    if any(isinstance(item, Faulty) for item in page.items):
        # What stood on it may stand there still: it is neither closed nor remembered.
        return
    if gone := [one for one in before.ids if one not in ids]:
        done.closed += ending.close(run.store, source, gone, run.day)
    now = None if page.gone else pages.Seen(*page.validators, ids)
    pages.remember(run.store, source, page.url, now)
