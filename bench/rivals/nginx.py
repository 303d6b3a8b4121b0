"""Bodies by question -> nginx, which sends them as static files: what can be had where nothing has to be worked out."""

import os
import pwd
import shutil
from collections.abc import Mapping
from pathlib import Path

# A file stands at the path of the question, and is called as its query. What nginx needs to be at its best: its
# files kept open, their answers sent in one piece, and a connection that may ask as often as it likes.
CONFIGURATION = """
user {user};
worker_processes 1;
daemon off;
pid {folder}/pid;
error_log {folder}/errors;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    default_type application/json;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000000;
    open_file_cache max={files} inactive=1h;
    client_body_temp_path {folder}/temporary;
    proxy_temp_path {folder}/temporary;
    fastcgi_temp_path {folder}/temporary;
    uwsgi_temp_path {folder}/temporary;
    scgi_temp_path {folder}/temporary;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/bodies;
        location / {{ try_files $uri/$args =404; }}
    }}
}}
"""


def command(folder: Path, bodies: Mapping[str, bytes], port: int) -> list[str]:
    """Write the bodies and the configuration into an empty folder, and give the command that serves them."""
    for question, body in bodies.items():
        path, _, query = question.partition("?")
        place = folder / "bodies" / path.strip("/") / query
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(body)
    user = pwd.getpwuid(os.getuid()).pw_name
    written = folder / "nginx.conf"
    written.write_text(CONFIGURATION.format(user=user, folder=folder, port=port, files=len(bodies) + 1))
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    return [program, "-c", str(written), "-e", str(folder / "errors")]
