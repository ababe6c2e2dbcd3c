"""Runs the commands of the page about installing, in a world of their own: their own /etc, /opt and network.

What a machine of tests can't do is replaced: `apt-get` (packages are there, or the test is skipped), `nano`
(the files are right for the name of the example), `systemctl` and `systemd-run` (start what is asked for, as
its user, with its settings), and the public certificate (Caddy makes one by itself, and curl is told to trust
it).
"""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
NAME = "remit.example.org"

WORLD = """
set -eu
cp -a /etc {world}/etc
mount --bind {world}/etc /etc
for folder in /opt /var/lib /var/backups; do
  mkdir -p $folder
  mount -t tmpfs -o mode=0755 world $folder
done
mkdir -p /etc/systemd/system /etc/caddy
echo '127.0.0.1 {name}' >> /etc/hosts
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME={world} PIP_DISABLE_PIP_VERSION_CHECK=1
apt-get() {{ :; }}
nano() {{ :; }}
"""
SERVED = """
nano() {{ :; }}
ip link set lo up
systemctl() {{
  case "$1 ${{2:-}}" in
    "enable --now")
      shift 2
      for name in "$@"; do case $name in *.timer) ;; *) start "$name" ;; esac; done ;;
    "start remit-backup") start remit-backup; wait $! ;;
    "reload caddy")
      printf '%s\\n' '{{' local_certs skip_install_trust 'admin off' \\
        'storage file_system {world}/caddy' '}}' | cat - /etc/caddy/Caddyfile > {world}/Caddyfile
      caddy run --adapter caddyfile --config {world}/Caddyfile > {world}/caddy.log 2>&1 & ;;
  esac
}}
settings() {{
  while IFS= read -r line; do case $line in ''|'#'*) ;; *) export "$line" ;; esac; done < "$1"
}}
as_user() {{
  exec setpriv --reuid "$1" --regid "$2" --clear-groups --no-new-privs --bounding-set=-all "${{@:3}}"
}}
systemd-run() (
  user=
  while case $1 in -*) ;; *) false ;; esac; do
    case $1 in
      --quiet|--pipe) ;;
      --uid=*) user=${{1#--uid=}} ;;
      -E) export "$2"; shift ;;
      -p) settings "${{2#EnvironmentFile=}}"; shift ;;
      *) echo "an option that this test doesn't know: $1" >&2; exit 2 ;;
    esac
    shift
  done
  cd /
  as_user "$user" "$user" "$@"
)
start() {{
  unit=/etc/systemd/system/$1.service
  mkdir -p /var/lib/remit
  chown remit:remit /var/lib/remit
  chmod "$(sed -n 's/^StateDirectoryMode=//p' $unit)" /var/lib/remit
  ( settings "$(sed -n 's/^EnvironmentFile=//p' $unit)"
    export "$(sed -n 's/^Environment=//p' $unit)"
    cd "$(sed -n 's/^WorkingDirectory=//p' $unit)"
    umask "$(sed -n 's/^UMask=//p' $unit)"
    as_user "$(sed -n 's/^User=//p' $unit)" "$(sed -n 's/^Group=//p' $unit)" \\
      $(sed -n 's/^ExecStart=//p' $unit)
  ) > {world}/$1.log 2>&1 &
}}
curl() {{
  for _ in $(seq 100); do [ ! -f {world}/Caddyfile ] || [ -f $trusted ] && break; sleep 0.1; done
  trust=; [ -f $trusted ] && trust="--cacert $trusted"
  command curl $trust "$@"
}}
trusted={world}/caddy/pki/authorities/local/root.crt
trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT
"""


def typed_on(page, *, since, until):
    """What is typed on a page of the documentation: commands, each with the lines that it should print.

    Args:
        page: its file.
        since: the heading that the first of them stands under, or "" for the top.
        until: the heading that the last of them stands before.
    """
    text = page.read_text(encoding="utf-8")
    assert since in text
    text = text[text.index(since) :]
    text = text[: text.index(until)]
    for block in re.findall(r"^```console no-run\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *shown = part.rstrip("\n").split("\n")
            yield command, shown


def program(world, commands, *, source, then):
    """A script that types commands, printing what each of them prints between marks.

    Args:
        world: a folder of its own.
        commands: what is typed.
        source: where the repository is cloned from.
        then: what is typed after them, in that world; `$trusted` is the certificate of its proxy.
    """
    typed, is_served = [WORLD.format(world=world, name=NAME)], False
    rest = []
    for number, command in enumerate(commands):
        here = command.replace("<this repository>", f"--quiet {source}")
        line = f"echo '<{number}>'\n{here}\n"
        is_served = is_served or command.startswith("systemctl")
        (rest if is_served else typed).append(line)
    second = world / "served.sh"
    second.write_text(
        "set -eu\n" + SERVED.format(world=world, name=NAME) + "".join(rest) + then, encoding="utf-8"
    )
    return "".join(typed) + f"\nunshare --net bash {second}\n"


def printed_by(output):
    """What each command printed, by its number."""
    parts = re.split(r"^<(\d+)>\n", output, flags=re.MULTILINE)[1:]
    return {int(number): text.splitlines() for number, text in zip(parts[::2], parts[1::2], strict=True)}
