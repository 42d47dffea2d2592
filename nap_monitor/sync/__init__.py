"""One run: read, parse, store, assess, feed back. Done by the command line or by one worker, never by a page."""

from nap_monitor.sync.running import SyncResult, sync
from nap_monitor.sync.task import Task
from nap_monitor.sync.trouble import Busy, SyncTrouble

__all__ = ["Busy", "SyncResult", "SyncTrouble", "Task", "sync"]
