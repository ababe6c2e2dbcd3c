"""Work that is done later: the queue behind Django's task interface, the schedule, the worker."""
