"""Every model, in one place to import them from."""

from shared_space.accounts.erasure import Erasure
from shared_space.accounts.models import Account, DeviceSession, SignupCode
from shared_space.candle.models import Candle, Flame
from shared_space.journals.attachments import Attachment
from shared_space.journals.entries import Entry
from shared_space.journals.models import Journal
from shared_space.limits import Attempts
from shared_space.linking.models import Invitation, Membership, Space
from shared_space.passkeys.models import Challenge, Passkey
from shared_space.reminders.models import Device, Reminder
from shared_space.rest.models import Rest
from shared_space.signals.models import Signal
from shared_space.talk.models import Answer, Pair

ALL = (
    Account,
    Answer,
    Attachment,
    Attempts,
    Candle,
    Challenge,
    Device,
    DeviceSession,
    Entry,
    Erasure,
    Flame,
    Invitation,
    Journal,
    Membership,
    Pair,
    Passkey,
    Reminder,
    Rest,
    Signal,
    SignupCode,
    Space,
)
