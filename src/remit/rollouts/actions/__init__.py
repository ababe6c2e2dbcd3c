"""Every write of the app `rollouts`."""
