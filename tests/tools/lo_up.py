#!/usr/bin/env python3
"""Bring the loopback interface up without ip(8), which a minimal Debian does not have."""
import fcntl
import socket
import struct

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 0x1
IFREQ = struct.Struct("16sh22x")  # struct ifreq: the name, the flags, padding to 40 bytes

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    answer = fcntl.ioctl(s, SIOCGIFFLAGS, IFREQ.pack(b"lo", 0))
    flags = IFREQ.unpack(answer)[1]
    fcntl.ioctl(s, SIOCSIFFLAGS, IFREQ.pack(b"lo", flags | IFF_UP))
