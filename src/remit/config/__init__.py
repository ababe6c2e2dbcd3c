"""How the application is put together: settings from the environment, addresses, checks at the start."""
