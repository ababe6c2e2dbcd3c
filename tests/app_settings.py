"""Loaded before all else: the application's data lie in a folder of their own while it is tested."""

import os
import tempfile

os.environ["REMIT_DATA"] = tempfile.mkdtemp(prefix="remit-tests-")
os.environ.pop("REMIT_DEMO", None)
