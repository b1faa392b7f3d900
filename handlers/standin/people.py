"""The people of this LINE: citizens and groups."""

from dataclasses import dataclass, field
from typing import Any

_STRANGER_MAY_BE_WRITTEN = 7 * 24 * 3600  # seconds after their last message (push to non-friends)


@dataclass(slots=True)
class Citizen:
    """A person with LINE. `wrote_at`: when they last wrote to the account (seconds), 0 for never."""

    user_id: str
    display_name: str
    language: str = "th"
    picture_url: str = ""
    friend: bool = False
    blocked: bool = False
    wrote_at: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """As the control API shows a citizen."""
        return {
            "userId": self.user_id,
            "displayName": self.display_name,
            "language": self.language,
            "pictureUrl": self.picture_url,
            "friend": self.friend,
            "blocked": self.blocked,
        }

    def profile(self) -> dict[str, str]:
        """As the Messaging API shows a user; what is empty is left out."""
        shown = {"userId": self.user_id, "displayName": self.display_name}
        more = {"language": self.language, "pictureUrl": self.picture_url}
        return shown | {name: value for name, value in more.items() if value}

    def shows_profile(self) -> bool:
        """Whether the account may see the profile: not after a block, nor of one who never came."""
        return not self.blocked and (self.friend or self.wrote_at > 0)

    def receives(self, now: float) -> bool:
        """Whether a message of the account reaches this person."""
        if self.blocked:
            return False
        return self.friend or now - self.wrote_at <= _STRANGER_MAY_BE_WRITTEN


@dataclass(slots=True)
class Group:
    """A group that the account is (or was) a member of."""

    group_id: str
    name: str
    members: list[str] = field(default_factory=list)
    joined: bool = True

    def to_dict(self) -> dict[str, Any]:
        """As the control API shows a group."""
        return {"groupId": self.group_id, "groupName": self.name, "members": self.members, "joined": self.joined}
