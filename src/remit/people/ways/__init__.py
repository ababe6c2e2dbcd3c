"""Ways to show who one is beyond a password: an app's codes, passkeys, the company's directory."""
