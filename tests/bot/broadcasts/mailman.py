"""A sender in a process of its own, to be killed: python mailman.py DATABASE LINE NOW TOKEN

Its clock began at NOW when it was started; leases are short, so that what a killed one held is soon another's.
"""

import sys
import threading
import time
from datetime import datetime, timedelta

from bot.broadcasts import freezing, sending
from bot.broadcasts.sending import Sender
from bot.line.live import LiveGateway
from bot.store.base import Store, Unavailable

freezing.LEASE_MS, sending.CALL_MS = 1_500, 0


def main(database: str, line: str, at: str, token: str) -> None:
    """Send until killed."""
    began, start = datetime.fromisoformat(at), time.time()
    gateway = LiveGateway((line, line), token)
    sender = Sender(Store(database), lambda: gateway, lambda: began + timedelta(seconds=time.time() - start), 0)
    print("ready", flush=True)
    while True:
        try:
            if not sender.turn(threading.Event()):
                time.sleep(0.1)
        except Unavailable as error:
            print(type(error).__name__, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
