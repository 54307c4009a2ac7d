#!/usr/bin/python3
"""aiosmtpd_server.py PORT DIR : takes mail on loopback with aiosmtpd (package python3-aiosmtpd).

PORT 0 is any free one; the one that it is comes out as a line on standard output. Each message is a file of DIR, ID.eml, written
before the reply that tells the ID; ID.env beside it has the sender, the parameters of MAIL and the recipients, a line each.
Debian's Python, and not the first on the PATH: it is the one that has Debian's packages.
"""
import asyncio
import os
import sys
import uuid

from aiosmtpd.smtp import SMTP


class Keeper:
    def __init__(self, folder):
        self.folder = folder

    async def handle_DATA(self, server, session, envelope):
        name = uuid.uuid4().hex
        lines = [envelope.mail_from, " ".join(envelope.mail_options), *envelope.rcpt_tos]
        self.write(name + ".env", ("\n".join(lines) + "\n").encode())
        # By renaming: whoever sees the message sees all of it.
        self.write(name + ".part", envelope.original_content)
        path = os.path.join(self.folder, name)
        os.rename(path + ".part", path + ".eml")
        return "250 2.0.0 kept as " + name

    def write(self, name, octets):
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(octets)


async def main(port, folder):
    def session():
        return SMTP(Keeper(folder), hostname="localhost", enable_SMTPUTF8=True)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(session, "127.0.0.1", port)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
