"""All models, in one place to import them from."""

from shared_space.accounts.deletion import AccountDeletion
from shared_space.accounts.models import Account, DeviceSession, SignupCode
from shared_space.accounts.throttle import Attempts
from shared_space.candle.models import Candle, Flame
from shared_space.journals.attachments import Attachment
from shared_space.journals.entries import Entry
from shared_space.journals.models import Journal
from shared_space.journals.superseded import SupersededWrite
from shared_space.linking.invitations import Invitation
from shared_space.linking.spaces import Membership, Space
from shared_space.passkeys.models import Challenge, Passkey
from shared_space.reminders.models import PushSubscription, Reminder
from shared_space.rest.models import Rest
from shared_space.signals.models import Signal
from shared_space.talk.models import Answer, AnswerPair

ALL = (
    Account,
    Answer,
    Attachment,
    Attempts,
    Candle,
    Challenge,
    PushSubscription,
    DeviceSession,
    Entry,
    AccountDeletion,
    Flame,
    Invitation,
    Journal,
    Membership,
    AnswerPair,
    Passkey,
    Reminder,
    Rest,
    Signal,
    SignupCode,
    Space,
    SupersededWrite,
)
