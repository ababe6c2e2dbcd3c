"""What another mail program does in a folder, on whichever server of a test."""

import re


class OtherProgram:
    """For servers of tests that have a `client()`: signed in, of `imaplib`."""

    def put(self, *mails, folder="INBOX"):
        client = self.client()
        for each in mails:
            assert client.append(folder, None, None, each)[0] == "OK"
        client.logout()

    def flags(self, folder="INBOX"):
        """Whether each mail was seen, by its UID."""
        client = self.client()
        client.select(folder, readonly=True)
        _, answer = client.uid("FETCH", "1:*", "(FLAGS)")
        client.logout()
        lines = [each.decode() for each in answer if each and b"UID " in each]
        return {int(re.search(r"UID (\d+)", line)[1]): "\\Seen" in line for line in lines}
