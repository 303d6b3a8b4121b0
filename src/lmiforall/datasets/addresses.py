"""A page and a file's name, or a repository's commit and a path in it -> the address to ask for the file.

No address here has been tried from where it was written, which has no network: ``verified`` is empty until somebody
has got the right file from it.
"""

from urllib.parse import quote

from lmiforall.base.dataset import Address

_ONS = "https://www.ons.gov.uk"


def of_ons(page: str, path: str) -> Address:
    """Give the address of a file that ONS keeps below one of its pages."""
    return Address(f"{_ONS}/file?uri={page.removeprefix(_ONS)}/{path}")


def on_github(repository: str, commit: str, path: str) -> Address:
    """Give the address of a copy that somebody keeps in a public repository, as it was in one commit."""
    return Address(
        f"https://raw.githubusercontent.com/{repository}/{commit}/{quote(path, safe='/{}')}",
        through=f"the copy in {repository} on GitHub, commit {commit}",
    )
