"""What was said in the chats, as the phones show it: a log with cursors that can be waited for."""

import time
from collections import deque
from threading import Condition
from typing import Any

from handlers.standin.bounded import Bounded

Item = dict[str, Any]


class Chat:
    """The last `most` items of all chats. Callers hold the lock of `changed`, except for `wait`."""

    def __init__(self, changed: Condition, most: int = 20_000) -> None:
        self._changed = changed
        self._items: deque[Item] = deque(maxlen=most)
        self._by_message: Bounded[Item] = Bounded(most)
        self.cursor = 0

    def add(self, item: Item) -> Item:
        """Append an item, give it its cursor, and wake those who wait."""
        self.cursor += 1
        item = {"cursor": self.cursor, "unsent": False, **item}
        self._items.append(item)
        if item.get("messageId"):
            self._by_message[item["messageId"]] = item
        self._changed.notify_all()
        return item

    def find(self, message_id: str) -> Item | None:
        """The item of a message, while it is remembered."""
        return self._by_message.get(message_id)

    def unsend(self, message_id: str, at: int) -> None:
        """Forget what a message said, and add an item that says it was unsent."""
        item = self._by_message.get(message_id)
        if item is None:
            return
        item["unsent"], item["raw"] = True, {}
        item["message"] = {"type": item["message"].get("type"), "id": message_id}
        self.add({**{k: v for k, v in item.items() if k != "cursor"}, "at": at})

    def since(self, cursor: int, user: str = "") -> list[Item]:
        """The items after a cursor, oldest first; of one citizen or group when `user` is given."""
        found = []
        for item in reversed(self._items):
            if item["cursor"] <= cursor:
                break
            if not user or user in (item["userId"], item.get("groupId")):
                found.append(item)
        return found[::-1]

    def wait(self, cursor: int, user: str, seconds: float) -> tuple[int, list[Item]]:
        """The same, waiting up to `seconds` until there is one; with the cursor to ask from next time."""
        with self._changed:
            ends, found = time.monotonic() + seconds, self.since(cursor, user)
            while not found and (left := ends - time.monotonic()) > 0:
                seen = self.cursor
                self._changed.wait(left)
                found = self.since(seen, user)
            return self.cursor, found

    def clear(self) -> None:
        """Forget all; cursors go on."""
        self._items.clear()
        self._by_message.clear()
        self._changed.notify_all()
