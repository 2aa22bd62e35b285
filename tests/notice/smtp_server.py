"""A mail server that keeps what it receives, so that tests see what really leaves."""

import socketserver
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage


class MailBox:
    """Listens on a port of its own until it is closed.

    :ivar int port: where it listens
    :ivar list messages: what has come, as email.message.EmailMessage
    """

    def __init__(self):
        self.messages: list[EmailMessage] = []
        self._server = _Server(("127.0.0.1", 0), _Session)
        self._server.box = self
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def of(self, address):
        """Return what has come for an address."""
        return [m for m in self.messages if address in str(m["To"])]


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    box: MailBox


class _Session(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a mail program needs."""

    def handle(self):
        self._say("220 here")
        for line in self.rfile:
            command = line[:4].strip().upper()
            if command == b"DATA":
                self._say("354 go on")
                self.server.box.messages.append(self._message())
                self._say("250 kept")
            elif command == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 good")

    def _message(self):
        lines = []
        for line in self.rfile:
            if line.rstrip(b"\r\n") == b".":
                break
            lines.append(line.removeprefix(b"."))
        return message_from_bytes(b"".join(lines), policy=policy.default)

    def _say(self, text):
        self.wfile.write(f"{text}\r\n".encode())
