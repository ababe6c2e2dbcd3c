"""Starts the provider and says on which port: `python -m tests.app.directory.provider`."""

import sys
import threading
import warnings

warnings.simplefilter("ignore")


def main():
    from oidc_provider_mock import run_server_in_thread  # noqa: PLC0415 (once warnings are quiet)

    with run_server_in_thread() as server:
        sys.stdout.write(f"{server.server_port}\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
