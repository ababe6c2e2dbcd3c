"""Changes of which is asked whether they worked, and rollouts whose order is drawn by lot."""
