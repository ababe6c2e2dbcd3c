"""The same as today."""

from importlib import import_module

Migration = import_module("remit.inbox.migrations.0001_initial").Migration
