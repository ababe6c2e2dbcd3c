"""Pages of the app `rollouts`."""
