"""Sends what waits in the outbox: by e-mail, and by the further routes that are set.

At least once, once a cause: an alert is marked as sent only when the mail server has taken it for
every recipient, under a Message-ID that is the same at every try. What cannot be sent waits, with
the reason, for the next run or for `csp watch`.
"""

import mimetypes
import smtplib
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from email.message import EmailMessage
from email.utils import format_datetime

from flows.letter_parts import Desk, Letter, filled
from flows.letters import digest, letter
from flows.log import note
from flows.mail_password import PASSWORD, NoPassword, password
from flows.routes import COORDINATOR, DATA_TEAM, FURTHER, OTHERS, recipients, routes_of
from flows.settings import Settings
from schemas.alerts import URGENT
from schemas.words import counted, listed
from warehouse.engine import Engine
from warehouse.outbox import Waiting, claim, give_back, mark_failed, mark_sent, sent_since

ONE_BY_ONE = 3
"""So many alerts at once are sent each by itself; more of them go into one letter."""
ENOUGH_TODAY = (
    "As many letters went today as [alerts] mails_a_day in csp.toml allows; what can wait goes in "
    "one letter tomorrow."
)


class NotSent(Exception):  # noqa: N818 - it says what happened
    """A letter could not be handed over; the message says why, without any address or secret."""


@dataclass
class Dispatch:
    """What came of a round of sending."""

    letters: int = 0
    alerts: int = 0
    waiting: int = 0
    failures: list[str] = field(default_factory=list)


def send_waiting(engine: Engine, settings: Settings, now: datetime) -> Dispatch:
    """Send what waits, and write down what became of it. Raises nothing of the routes' own."""
    routes = recipients(settings)
    done = Dispatch()
    waiting = claim(engine, lambda kind: routes_of(kind, routes), now)
    today = sent_since(engine, datetime.combine(now.date(), time.min), ONE_BY_ONE)
    for route in dict.fromkeys(w.route for w in waiting):
        mine = [w for w in waiting if w.route == route]
        if route not in routes:
            mark_failed(engine, mine, f"Nobody is set for the route {route} in csp.toml any more.")
            done.waiting += len(mine)
            continue
        left = settings.alerts.mails_a_day - today.get(route, 0)
        _Route(Desk(engine, settings, now), route, routes[route], done).send(mine, left)
    note(settings, *lines_of(done))
    return done


@dataclass(frozen=True)
class _Route:
    """One route in a round of sending: who it goes to, and where it is counted."""

    desk: Desk
    name: str
    to: Sequence[str]
    done: Dispatch

    def send(self, mine: Sequence[Waiting], left: int) -> None:
        """Send what waits for the route; where no letter is left today, only what cannot wait."""
        urgent = [w for w in mine if w.line.alert.kind in URGENT]
        patient = [w for w in mine if w.line.alert.kind not in URGENT]
        bundles = [[w] for w in urgent]
        if left <= 0:
            give_back(self.desk.engine, patient, ENOUGH_TODAY)
            self.done.waiting += len(patient)
            self.done.failures += [ENOUGH_TODAY] if patient else []
        elif len(patient) > ONE_BY_ONE:
            bundles.append(patient)
        else:
            bundles += [[w] for w in patient]
        for number, bundle in enumerate(bundles):
            try:
                remark = self._hand_over(bundle)
            except NotSent as error:
                # The others would fare no better, and the server is not to be pressed.
                rest = [w for each in bundles[number + 1 :] for w in each]
                mark_failed(self.desk.engine, bundle, str(error))
                give_back(self.desk.engine, rest)
                self.done.waiting += len(bundle) + len(rest)
                self.done.failures.append(str(error))
                return
            mark_sent(self.desk.engine, bundle, self.desk.now, remark)
            self.done.letters += 1
            self.done.alerts += len(bundle)
            self.done.failures += [remark] if remark else []

    def _hand_over(self, bundle: Sequence[Waiting]) -> str:
        """Send one letter; return a remark where it has not reached everybody."""
        made = _letter_of(self.desk, bundle)
        if self.name == FURTHER:
            _notify(made, self.to)
            return ""
        first, last = bundle[0].line.id, bundle[-1].line.id
        number = (
            f"csp-{self.name}-{first}" if first == last else f"csp-{self.name}-{first}-to-{last}"
        )
        try:
            message = message_of(made, self.to, self.desk.settings, self.desk.now, number)
        except OSError:
            raise NotSent("The receipt that goes with it cannot be read.") from None
        return deliver(message, self.desk.settings)


def _letter_of(desk: Desk, bundle: Sequence[Waiting]) -> Letter:
    letters = [(w.line, letter(desk, w.line)) for w in bundle]
    return letters[0][1] if len(letters) == 1 else digest(letters, desk)


# --- e-mail -------------------------------------------------------------------------------------


def message_of(
    letter: Letter, to: Sequence[str], settings: Settings, now: datetime, number: str
) -> EmailMessage:
    """Return a letter as an e-mail, known by a number that is the same at every try."""
    alerts = settings.alerts
    message = EmailMessage()
    message["From"] = alerts.sender
    message["To"] = ", ".join(to)
    message["Subject"] = f"[csp] {letter.subject}"
    message["Date"] = format_datetime(now.replace(tzinfo=UTC))
    message["Message-ID"] = f"<{number}@{alerts.sender.rpartition('@')[2]}>"
    # Who answers by a machine of his own (an absence, a list) is asked not to.
    message["Auto-Submitted"] = "auto-generated"
    if alerts.reply_to:
        message["Reply-To"] = alerts.reply_to
    message.set_content(letter.whole)
    for path in letter.attachments:
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        main, _, sub = kind.partition("/")
        name = f"{path.parent.name}-{path.name}"
        message.add_attachment(path.read_bytes(), maintype=main, subtype=sub, filename=name)
    return message


def deliver(message: EmailMessage, settings: Settings) -> str:
    """Hand a message to the mail server; raises `NotSent` where nobody will get it.

    Where some of several recipients are refused, it says so: to send it again would double it.
    """
    mail = settings.mail
    try:
        secret = _password(settings) if mail.user else ""
        with _connected(settings) as server:
            if mail.user:
                server.login(mail.user, secret)
            refused = server.send_message(message)
    except smtplib.SMTPAuthenticationError:
        raise NotSent(
            f"The mail server does not accept the user or the password ({PASSWORD})."
        ) from None
    except NoPassword as error:
        raise NotSent(str(error)) from None
    except smtplib.SMTPRecipientsRefused as error:
        raise NotSent(_refused(error.recipients)) from None
    except smtplib.SMTPNotSupportedError:
        raise NotSent(
            "The mail server offers no STARTTLS or no login; nothing is sent unprotected. Set "
            "[mail] security in csp.toml."
        ) from None
    except ssl.SSLError:
        raise NotSent("The mail server's certificate or encryption is not accepted.") from None
    except (smtplib.SMTPException, OSError) as error:
        raise NotSent(_words(error, mail.host, mail.port)) from None
    return _refused(refused) if refused else ""


def _password(settings: Settings) -> str:
    """Return the password of the user; without one no server is asked: some then never answer."""
    if secret := password(settings):
        return secret
    raise NoPassword(
        f"The mail server's user is {settings.mail.user}, and no password is set: put it into "
        f"{PASSWORD} in the environment of csp, or leave user out under [mail] in csp.toml."
    )


def _connected(settings: Settings) -> smtplib.SMTP:
    mail = settings.mail
    if mail.security == "tls":
        return smtplib.SMTP_SSL(
            mail.host, mail.port, timeout=mail.timeout_seconds,
            context=ssl.create_default_context(),
        )  # fmt: skip
    server = smtplib.SMTP(mail.host, mail.port, timeout=mail.timeout_seconds)
    if mail.security == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


def _refused(answers: Mapping[str, tuple[int, bytes]]) -> str:
    codes = sorted({str(code) for code, _ in answers.values()})
    return (
        f"The mail server refuses {counted(len(answers), 'recipient')} (code {listed(codes)}): are "
        "the addresses under [alerts] in csp.toml right?"
    )


def _words(error: Exception, host: str, port: int) -> str:
    place = f"The mail server {host}, port {port},"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{place} refused the letter (code {error.smtp_code})."
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return f"{place} did not answer in time."
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return f"{place} broke the connection off."
    return f"{place} cannot be reached."


# --- further routes -----------------------------------------------------------------------------


def _notify(letter: Letter, to: Sequence[str]) -> None:
    """Send by the library that Prefect brings: Teams, Slack, text messages; no attachments."""
    from apprise import Apprise  # noqa: PLC0415 - a second of start-up, for those who use it

    routes = Apprise()
    if not all(routes.add(address) for address in to):
        raise NotSent(f"An address of {OTHERS} is not understood.")
    if not routes.notify(title=letter.subject, body=letter.whole):
        raise NotSent(f"A route of {OTHERS} did not take the letter.")


TEST = Letter(
    "Test: alerts reach you",
    filled("This is a test of csp, which looks after the figures of the partnership.")
    + "\n\n"
    + filled(
        "You will get a letter like this when a partner's file is rejected or held, when one is "
        "due or overdue, when a pack is published, and when a run fails. Nothing needs to be done "
        "now."
    )
    + "\n",
)


def send_now(letter: Letter, settings: Settings, now: datetime, cause: str) -> None:
    """Send a letter past the outbox to coordinator and data team; raises `NotSent`."""
    routes = recipients(settings)
    to = sorted({a for route in (COORDINATOR, DATA_TEAM) for a in routes.get(route, ())})
    if not to:
        raise NotSent("Nobody is set for alerts in csp.toml ([alerts], [mail]).")
    number = f"csp-direct-{cause.replace(':', '-')}"
    deliver(message_of(letter, to, settings, now, number), settings)


def send_test(settings: Settings, now: datetime) -> list[str]:
    """Send a test letter by every route that is set; return the routes, or raise `NotSent`."""
    routes = recipients(settings)
    for route, to in routes.items():
        if route == FURTHER:
            _notify(TEST, to)
        else:
            number = f"csp-test-{route}-{now:%Y%m%d%H%M%S}"
            deliver(message_of(TEST, to, settings, now, number), settings)
    return list(routes)


def lines_of(done: Dispatch) -> list[str]:
    """Say what came of a round of sending; nothing where there was nothing to send."""
    told = []
    if done.letters:
        told.append(
            f"Alerts: {counted(done.alerts, 'alert')} sent in {counted(done.letters, 'letter')}."
        )
    if done.waiting:
        told.append(f"Alerts: {counted(done.waiting, 'alert')} still to be sent.")
    return told + list(dict.fromkeys(done.failures))
