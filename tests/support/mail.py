"""A real mail server on loopback, which can be out, slow, or refuse."""

import email
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from flows.settings import Alerts, Mail, Settings

HOST = "127.0.0.1"
COORDINATOR, DATA_TEAM, OFFICER = "coord@csp.test", "data@csp.test", "officer@csp.test"


@dataclass
class Server:
    """A mail server and what it has taken. `refuses` are recipients that it does not know."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    answers: str = "250 OK"
    is_slow: float = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.refuses:
            return "550 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        time.sleep(self.is_slow)
        if self.answers.startswith("2"):
            message = email.message_from_bytes(envelope.content, policy=default)
            assert isinstance(message, EmailMessage)
            self.taken.append(message)
        return self.answers

    @property
    def subjects(self) -> list[str]:
        """The subjects of what it has taken, without the program's own mark."""
        return [str(message["Subject"]).removeprefix("[csp] ") for message in self.taken]

    def text(self, number: int = -1) -> str:
        """The text of one letter, its lines put together."""
        body = self.taken[number].get_body(("plain",))
        assert body is not None
        return " ".join(body.get_content().split())


@contextmanager
def mail_server() -> Iterator[Server]:
    """Run a mail server on a free port of this machine."""
    with socket.create_server((HOST, 0)) as free:
        server = Server(free.getsockname()[1])
    controller = Controller(server, hostname=HOST, port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def told_by(server: Server, settings: Settings, **alerts: Any) -> Settings:
    """Return settings by which everybody is told through a server."""
    people: dict[str, Any] = {
        "coordinator": [COORDINATOR], "data_team": [DATA_TEAM], "security": [OFFICER],
        "sender": "csp@csp.test",
    }  # fmt: skip
    return settings.model_copy(
        update={
            "mail": Mail(host=HOST, port=server.port, security="none", timeout_seconds=2),
            "alerts": Alerts(**people | alerts),
        }
    )
