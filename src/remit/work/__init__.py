"""Work: tasks that people take up, and checklists that come back."""
