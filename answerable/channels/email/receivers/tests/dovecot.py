"""A real Dovecot for tests, unprivileged, from its own configuration in a folder of its own."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path

CONF = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 0
mail_location = maildir:{folder}/mail/%u
ssl = {ssl}
{certificate}
disable_plaintext_auth = no
auth_mechanisms = plain login {mechanisms}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
{oauth2}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%u
}}
"""

OAUTH2 = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2
}}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Dovecot:
    """One server with one user; mails are laid straight into its maildir."""

    folder: Path
    port: int
    tls_port: int
    user: str = "support"
    password: str = "correct horse"
    process: subprocess.Popen | None = None

    @classmethod
    def start(cls, certificate: Path | None = None, tokeninfo: str = "") -> "Dovecot":
        folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
        server = cls(folder, free_port(), free_port() if certificate else 0)
        server._write(certificate, tokeninfo)
        server._run()
        return server

    def _write(self, certificate: Path | None, tokeninfo: str) -> None:
        who = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        if certificate:
            shutil.copy(certificate, self.folder / "mail.pem")
        pem = self.folder / "mail.pem"
        words = {
            "folder": self.folder,
            "user": who.pw_name,
            "group": subprocess.check_output(["id", "-gn", who.pw_name], text=True).strip(),
            "uid": who.pw_uid,
            "gid": who.pw_gid,
            "port": self.port,
            "tls_port": self.tls_port,
            "ssl": "yes" if certificate else "no",
            "certificate": f"ssl_cert = <{pem}\nssl_key = <{pem}" if certificate else "",
            "mechanisms": "xoauth2" if tokeninfo else "",
            "oauth2": OAUTH2.format(folder=self.folder) if tokeninfo else "",
        }
        (self.folder / "conf").write_text(CONF.format(**words))
        (self.folder / "users").write_text(f"{self.user}:{{PLAIN}}{self.password}\n")
        (self.folder / "oauth2").write_text(
            f"tokeninfo_url = {tokeninfo}\nusername_attribute = email\nintrospection_mode = auth\n"
        )
        for path in [self.folder, *self.folder.iterdir()]:
            os.chown(path, who.pw_uid, who.pw_gid)
        self.uid = who.pw_uid

    def _run(self) -> None:
        switch = {"user": self.uid, "group": "nogroup"} if os.getuid() == 0 else {}
        command = ["/usr/sbin/dovecot", "-F", "-c", str(self.folder / "conf")]
        self.process = subprocess.Popen(command, **switch)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise RuntimeError((self.folder / "log").read_text())

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def maildir(self) -> Path:
        return self.folder / "mail" / self.user

    def deliver(self, raw: bytes, *, name: str, flags: str = "") -> Path:
        """Lay a mail into the mailbox; in `cur` when it has flags."""
        for part in ("cur", "new", "tmp"):
            (self.maildir / part).mkdir(parents=True, exist_ok=True)
        place = self.maildir / (f"cur/{name}:2,{flags}" if flags else f"new/{name}")
        waiting = self.maildir / "tmp" / name
        waiting.write_bytes(raw)
        self._give_away(self.maildir.parent, self.maildir, *self.maildir.glob("*/"), waiting)
        return waiting.rename(place)

    def renumber(self) -> None:
        """Give the mailbox another UIDVALIDITY, as a restored backup does."""
        for path in self.maildir.glob("dovecot*"):
            path.unlink()
        stamp = int(time.time()) + 1000
        (self.maildir / "dovecot-uidlist").write_text(f"3 V{stamp} N1 G{os.urandom(16).hex()}\n")
        self._give_away(self.maildir / "dovecot-uidlist")

    def _give_away(self, *paths: Path) -> None:
        """To the user whom the server runs as, when we are somebody else."""
        for path in paths if os.getuid() == 0 else ():
            with contextlib.suppress(FileNotFoundError):
                os.chown(path, self.uid, -1)


def mail(number: int, size: int = 0) -> bytes:
    lines = [
        "From: Carl <carl@customer.example>",
        "To: support@demo.example",
        f"Subject: Lamp {number}",
        f"Message-ID: <lamp-{number}@customer.example>",
        f"Date: {formatdate(number)}",
        "",
        f"Lamp {number} is broken.",
        *["x" * 70] * (size // 72),
    ]
    return "\r\n".join([*lines, ""]).encode()
