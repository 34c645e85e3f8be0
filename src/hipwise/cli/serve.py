"""What `hipwise serve` does: the app, on this machine."""

from __future__ import annotations

import gc
import getpass
import secrets
import socket
import sys
import threading
import webbrowser

import typer

from hipwise.errors import UsageError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
WAITING = 128
"""So many connections wait from the moment the address is printed (chosen by us)."""
SHORTEST_PASSWORD = 10
"""Characters (chosen by us)."""


def set_password() -> None:
    """Ask for a password, twice, and keep its hash; an empty one removes it."""
    from hipwise.storage import Store
    from hipwise.web.sessions import PASSWORD, hashed

    first = getpass.getpass("New password (empty: none): ")
    if first and len(first) < SHORTEST_PASSWORD:
        raise UsageError(f"A password has at least {SHORTEST_PASSWORD} characters.")
    if first != getpass.getpass("Once more: "):
        raise UsageError("The two are not the same: nothing was changed.")
    with Store.open() as store:
        if first:
            store.settings.put(PASSWORD, hashed(first))
        else:
            store.settings.remove(PASSWORD)
    typer.echo("The password is set." if first else "There is no password now.")


def serve(host: str, port: int, *, open_browser: bool) -> None:
    """Serve the app until it is interrupted, and print its address.

    On this machine alone the address is printed at once: who comes while the app is still loading
    waits for it, as the browser takes a moment too. Raises UsageError for another interface
    without a password, and where the port is taken.
    """
    local = host in LOOPBACK
    if not local:
        _refuse_without_password(host)
    token = secrets.token_urlsafe(24) if local else None
    listening = _listen(host, port)
    address = f"http://{'localhost' if local else host}:{listening.getsockname()[1]}/"
    address += f"enter?token={token}" if token else ""
    typer.echo(f"hipwise is at {address}\nCtrl+C stops it.")
    sys.stdout.flush()
    if open_browser:
        threading.Timer(0.5, webbrowser.open, [address]).start()
    _run(listening, token, LOOPBACK if local else frozenset())


def _run(listening: socket.socket, token: str | None, hosts: frozenset[str]) -> None:
    gc.disable()  # while loading: what is loaded stays, so that looking for litter finds none
    import uvicorn

    from hipwise.knowledge import load
    from hipwise.storage import Store
    from hipwise.web.app import create_app
    from hipwise.web.sessions import Sessions

    load()
    with Store.open() as store:
        app = create_app(store, Sessions(token), hosts)
        config = uvicorn.Config(app, log_level="warning", server_header=False)
        gc.freeze()
        gc.enable()
        uvicorn.Server(config).run(sockets=[listening])


def _refuse_without_password(host: str) -> None:
    from hipwise.storage import Store
    from hipwise.web.sessions import PASSWORD

    with Store.open() as store:
        if store.settings.get(PASSWORD) is None:
            raise UsageError(
                f"On {host} others can reach it: set a password first, with "
                "'hipwise serve --set-password'."
            )


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named in full, since asyncio sends small answers at once (TCP_NODELAY) on such sockets alone.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(WAITING)
    except OSError as error:
        listening.close()
        raise UsageError(
            f"Port {port} of {host} cannot be used ({error.strerror}): name another with --port."
        ) from None
    return listening
