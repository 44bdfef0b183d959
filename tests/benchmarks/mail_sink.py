"""A mail server for measuring: takes everything as fast as it comes, from many at once, in a process of its own."""

import multiprocessing
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

END = b"\r\n.\r\n"


@contextmanager
def sink(reply_ms: float = 0) -> Iterator[int]:
    """The port of a server on loopback that waits so many milliseconds before each of its replies."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_take_everything, args=(there, reply_ms / 1000), daemon=True)
    process.start()
    try:
        yield here.recv()
    finally:
        process.terminate()
        process.join()


def _take_everything(told: Connection, delay: float) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        told.send(server.getsockname()[1])
        while True:
            connection, _ = server.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=_talk, args=(connection, delay), daemon=True).start()


def _talk(connection: socket.socket, delay: float) -> None:
    with connection:
        _say(connection, b"220 sink\r\n", delay)
        left, in_message = b"", False
        while piece := connection.recv(65_536):
            left += piece
            while True:
                end = left.find(END if in_message else b"\r\n")
                if end < 0:
                    break
                verb = left[:4].upper()
                left = left[end + (len(END) if in_message else 2) :]
                was_message, in_message = in_message, not in_message and verb == b"DATA"
                if verb == b"QUIT" and not was_message:
                    _say(connection, b"221 bye\r\n", delay)
                    return
                _say(connection, b"354 go\r\n" if in_message else b"250 OK\r\n", delay)


def _say(connection: socket.socket, words: bytes, delay: float) -> None:
    if delay:
        time.sleep(delay)
    connection.sendall(words)
