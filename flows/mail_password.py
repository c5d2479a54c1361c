"""The mail server's password: from the environment, or from a Secret block of Prefect's server."""

import os

from flows.settings import Settings

PASSWORD = "CSP_MAIL_PASSWORD"
SECRET = "secret"
"""What Prefect calls the type of blocks that hold one secret."""


class NoPassword(Exception):  # noqa: N818 - it says what is so
    """The password cannot be had; the message says why."""


def password(settings: Settings) -> str:
    """Return the password of the mail server, "" where none is set; raises `NoPassword`.

    The environment goes before the block. Prefect is loaded only where the block is asked for.
    """
    given = os.environ.get(PASSWORD, "")
    block = settings.mail.password_block
    return given if given or not block else _of_block(block, settings)


def _of_block(name: str, settings: Settings) -> str:
    # Outside of runs nobody has said where the server is: it is the one that csp serve starts.
    os.environ.setdefault("PREFECT_API_URL", f"{settings.server.address}/api")
    from prefect import get_client  # noqa: PLC0415 - a second of start-up, for those who use it
    from prefect.exceptions import ObjectNotFound  # noqa: PLC0415

    try:
        with get_client(sync_client=True) as client:
            document = client.read_block_document_by_name(name, SECRET, include_secrets=True)
    except ObjectNotFound:
        raise NoPassword(
            f"Prefect's server has no Secret block {name}, which [mail] password_block names. Make "
            f"it in the server's pages (Blocks), or set {PASSWORD}."
        ) from None
    except Exception:
        # Whatever else keeps the server from answering may quote its address, with a secret in it.
        raise NoPassword(
            f"Prefect's server did not give out the Secret block {name} with the mail password."
        ) from None
    return str(document.data.get("value", ""))
