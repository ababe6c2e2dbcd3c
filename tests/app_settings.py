"""Loaded before all else: the application's data lie in a folder of their own while it is tested."""

import os
import shutil

import pytest
from tests.own_folder import own_folder

FOLDER = own_folder("remit-tested-")

os.environ["REMIT_DATA"] = str(FOLDER)
os.environ.pop("REMIT_DEMO", None)
# Nothing listens there: no test ever asks the real provider by mistake.
os.environ["REMIT_STRIPE"] = "http://127.0.0.1:9"


@pytest.hookimpl(trylast=True)
def pytest_unconfigure():
    """What was tested goes; so does what a run left that was killed, with the next one."""
    shutil.rmtree(FOLDER, ignore_errors=True)
