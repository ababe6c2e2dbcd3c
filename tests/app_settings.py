"""Loaded before all else: the application's data lie in a folder of their own while it is tested."""

import os
import tempfile

os.environ["REMIT_DATA"] = tempfile.mkdtemp(prefix="remit-tests-")
os.environ.pop("REMIT_DEMO", None)
# Nothing listens there: no test ever asks the real provider by mistake.
os.environ["REMIT_STRIPE"] = "http://127.0.0.1:9"
