"""The proxies' files in docs/deploy are ones their programs take."""

import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[2] / "docs" / "deploy"


def program(name):
    found = shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    return found or pytest.skip(f"{name} is not installed")


@pytest.fixture
def certificate(tmp_path):
    command = [program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    names = ["-subj", "/CN=show", "-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem"]
    subprocess.run([*command, *names], check=True, capture_output=True)
    whole = (tmp_path / "fullchain.pem").read_text() + (tmp_path / "privkey.pem").read_text()
    (tmp_path / "show.pem").write_text(whole)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "file", "words"),
    [("nginx", "nginx.conf", ["-t", "-c"]), ("haproxy", "haproxy.cfg", ["-c", "-f"])],
)
def test_the_file_is_whole(name, file, words, certificate):
    text = (DEPLOY / file).read_text()
    moved = text.replace("/etc/ssl/show", str(certificate)).replace("/var/cache/nginx", str(certificate))
    mine = certificate / file
    mine.write_text(moved.replace("/run/nginx", f"{certificate}/nginx"))
    checked = subprocess.run([program(name), *words, mine], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
