"""Rich menus: what the account drew, and who sees which."""

from dataclasses import dataclass, field
from typing import Any

Menu = dict[str, Any]


@dataclass(slots=True)
class Menus:
    """Menus, their images, aliases, the default and the links to users."""

    drawn: dict[str, Menu] = field(default_factory=dict)
    images: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    default: str = ""
    linked: dict[str, str] = field(default_factory=dict)

    def of(self, user_id: str) -> str:
        """The id of the menu in force for a user: their own, else the default, else ""."""
        own = self.linked.get(user_id, "")
        return own if own in self.drawn else self.default

    def delete(self, menu_id: str) -> None:
        """Take a menu away from everywhere. Aliases to it stay and lead nowhere, as on LINE."""
        self.drawn.pop(menu_id, None)
        self.images.pop(menu_id, None)
        if self.default == menu_id:
            self.default = ""
        self.linked = {user: menu for user, menu in self.linked.items() if menu != menu_id}
