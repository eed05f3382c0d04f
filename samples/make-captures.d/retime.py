#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Moves a capture in time: retime.py IN OUT EPOCH [N:SECONDS...]

The first packet gets the time EPOCH (seconds since 1970), all others keep their distance from it; from packet N on
(counted from 1) everything is SECONDS later. Waiting for minutes is left to the clock, not to the person who captures.
"""
import struct
import sys


def main(source, target, epoch, *shifts):
    with open(source, "rb") as file:
        data = file.read()
    magic = data[:4]
    if magic not in (b"\x4d\x3c\xb2\xa1", b"\xa1\xb2\x3c\x4d"):
        sys.exit(f"{source}: not a pcap with nanoseconds")
    order = "<" if magic[0] == 0x4D else ">"
    later = dict((int(n), int(float(seconds) * 10**9)) for n, seconds in (shift.split(":") for shift in shifts))
    out = bytearray(struct.pack("<IHHiIII", 0xA1B23C4D, *struct.unpack(order + "HHiIII", data[4:24])))
    offset, number, first, shift = 24, 0, None, 0
    while offset < len(data):
        seconds, nanos, captured, original = struct.unpack_from(order + "IIII", data, offset)
        number += 1
        time = seconds * 10**9 + nanos
        first = time if first is None else first
        shift += later.pop(number, 0)
        time = int(epoch) * 10**9 + time - first + shift
        out += struct.pack("<IIII", time // 10**9, time % 10**9, captured, original)
        out += data[offset + 16 : offset + 16 + captured]
        offset += 16 + captured
    if number == 0 or later:
        sys.exit(f"{source}: {number} packets, and none has the number {sorted(later) or 1}")
    with open(target, "wb") as file:
        file.write(out)


main(*sys.argv[1:])
