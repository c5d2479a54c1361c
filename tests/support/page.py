"""Reads a page back as a tree of elements, so that tests ask it what a screen reader would ask."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "link", "img", "input", "hr", "col"}


@dataclass
class Tag:
    """One element, with what stands in it."""

    name: str
    given: dict[str, str | None]
    inside: list["Tag | str"] = field(default_factory=list)

    @property
    def children(self) -> list["Tag"]:
        return [part for part in self.inside if isinstance(part, Tag)]

    @property
    def text(self) -> str:
        words = (part if isinstance(part, str) else part.text for part in self.inside)
        return " ".join(" ".join(words).split())

    def all(self, *names: str) -> list["Tag"]:
        """Every element of these names below this one, in order; of any name if none is given."""
        found = []
        for child in self.children:
            found += [child] if not names or child.name in names else []
            found += child.all(*names)
        return found


class _Reader(HTMLParser):
    """Builds the tree; fails where a tag is not closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Tag("", {})]

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs), f"<{tag}> has an attribute twice"
        made = Tag(tag, dict(attrs))
        self.open[-1].inside.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_endtag(self, tag):
        assert self.open.pop().name == tag

    def handle_data(self, data):
        self.open[-1].inside.append(data)


def read(page: str) -> Tag:
    """Return the tree of a page; fails where a tag is not closed in its turn."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert [tag.name for tag in reader.open] == [""]
    return reader.open[0]
