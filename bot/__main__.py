"""The front door: python -m bot <command>. The only module of bot/ that looks up at handlers/."""

from handlers.cli import main

if __name__ == "__main__":
    main(prog_name="python -m bot")
