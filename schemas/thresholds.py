"""The limits by which a delivery is judged as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Thresholds:
    """Every limit of the checks of a delivery; `csp.toml` may set them.

    Shares are percentages. `thin` is of the median month, `unit_ratio` against it; a month is
    unusual where it lies further from the median than `robust` times the scaled median absolute
    deviation, `usual_share` percent of it and `robust` times its square root, all three. `official`
    is by how much of an official figure ours may differ from it, by our measure, where not what the
    measure declares is meant.
    """

    rejected: float = 2.0
    repeated: float = 2.0
    outside_area: float = 2.0
    outside_months: float = 1.0
    unmapped: float = 0.5
    unplaced_jump: float = 3.0
    thin: float = 20.0
    unit_ratio: float = 3.0
    robust: float = 5.0
    usual_share: float = 50.0
    vanished: float = 5.0
    other_period: float = 20.0
    moved: float = 5.0
    moved_least: int = 5
    small_category: int = 10
    few_rows: int = 10
    history_months: int = 6
    official: Mapping[str, float] = field(default_factory=dict)
