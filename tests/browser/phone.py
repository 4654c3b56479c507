"""A phone that unlocks with a face, finger or code: Chromium's virtual authenticator."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, Page


@dataclass
class Phone:
    """The authenticator of one page, built into its device."""

    wire: CDPSession
    name: str

    @classmethod
    def of(cls, page: Page, prf: bool = True) -> "Phone":
        """Return a new platform authenticator for a page."""
        wire = page.context.new_cdp_session(page)
        wire.send("WebAuthn.enable")
        phone = cls(wire, "")
        phone.make(prf)
        return phone

    def make(self, prf: bool = True) -> None:
        """Create the authenticator, without passkeys."""
        options = {
            "protocol": "ctap2",
            "ctap2Version": "ctap2_1",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "hasPrf": prf,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        made = self.wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.name = made["authenticatorId"]

    def tell(self, method: str, **more: object) -> Any:
        """Send one command to the authenticator."""
        return self.wire.send(f"WebAuthn.{method}", {"authenticatorId": self.name, **more})

    @property
    def passkeys(self) -> list[dict[str, Any]]:
        """Return the passkeys on the phone."""
        found: list[dict[str, Any]] = self.tell("getCredentials")["credentials"]
        return found

    def is_held_by_somebody_else(self) -> None:
        """Refuse every face, finger or code until the authenticator locks itself."""
        self.tell("setUserVerified", isUserVerified=False)

    def is_replaced(self) -> None:
        """Replace the phone by another one without passkeys."""
        self.tell("removeVirtualAuthenticator")
        self.make()
