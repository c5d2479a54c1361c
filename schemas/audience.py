"""For whom a pack is made, and so which of its figures it shows."""

from enum import StrEnum


class Audience(StrEnum):
    """Who reads a pack: everybody, or those who may see every count."""

    PUBLIC = "public"
    PARTNERSHIP = "partnership"
