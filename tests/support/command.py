"""`csp` as it is typed, in the process of the test, and what its exit codes mean."""

from typer.testing import CliRunner, Result

from flows.cli import app

FINE, REJECTED, WRONG_USE = 0, 1, 2


def csp(*arguments: object) -> Result:
    """Run `csp`; a fault that it does not catch fails the test, though its exit code would be 1."""
    given = [str(argument) for argument in arguments]
    done = CliRunner().invoke(app, given, catch_exceptions=False)
    assert "Traceback" not in done.output
    return done


def words(text: str) -> str:
    """Return what was printed without its line breaks, which depend on the terminal."""
    return " ".join(text.split())
