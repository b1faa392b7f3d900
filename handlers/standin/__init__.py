"""A stand-in of the LINE platform: its Messaging API, its webhooks, and people to speak with.

It is the other side of the wire. It knows nothing of the bot and shares no code with it: what the bot may not send,
LINE refuses, and so does this. Everything is kept in memory, bounded, and forgotten when the process ends.

    state.py        Standin: one LINE platform with one official account
    app.py          the HTTP face, mountable under any prefix; __main__.py serves it alone
    gate.py         what every API call passes: faults, token, rate limit, size, media type, JSON
    api_*.py        the operations of the API, one module per noun, each with its table OPERATIONS
    checks/         every limit on what may be sent, as LINE-shaped errors
    events.py       the webhook events; sender.py delivers them, signed and in order
    control*.py     the people's side: speak, tap, unsend, block; look; make trouble

Facts about LINE come from its Messaging API reference and its OpenAPI files unless a comment says otherwise.
"""
