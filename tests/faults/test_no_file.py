"""The one fault that cannot be planted: there is no file."""

from support.desk import Desk

from flows.receive import receive_file
from warehouse.deliveries import Loaded


def test_a_file_that_is_not_there_is_refused(desk: Desk) -> None:
    path = desk.settings.inbox / "police-crime-2018-19-q1.csv"
    (outcome,) = receive_file(desk.engine, path, desk.settings)
    assert isinstance(outcome, Loaded)
    assert outcome.status == "rejected"
    assert [issue.rule for issue in outcome.issues] == ["file-missing"]
