#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Moves a capture in time: retime.py IN OUT EPOCH [N:SECONDS...]

The first packet gets the time EPOCH (seconds since 1970), all others keep their distance from it; from packet N on
(counted from 1; from the end, if negative) everything is SECONDS later. Waiting for minutes is left to the clock, not to
the person who captures.

retime.py --merge OUT NAME...: the packets of NAME.pcap... in one capture, by time.
"""
import struct
import sys


def read(source):
    """The file's header as we write it, and its packets: time in nanoseconds, original length, bytes."""
    with open(source, "rb") as file:
        data = file.read()
    magic = data[:4]
    if magic not in (b"\x4d\x3c\xb2\xa1", b"\xa1\xb2\x3c\x4d"):
        sys.exit(f"{source}: not a pcap with nanoseconds")
    order = "<" if magic[0] == 0x4D else ">"
    head = struct.pack("<IHHiIII", 0xA1B23C4D, *struct.unpack(order + "HHiIII", data[4:24]))
    packets, offset = [], 24
    while offset < len(data):
        seconds, nanos, captured, original = struct.unpack_from(order + "IIII", data, offset)
        packets.append((seconds * 10**9 + nanos, original, data[offset + 16 : offset + 16 + captured]))
        offset += 16 + captured
    return head, packets


def write(target, head, packets):
    with open(target, "wb") as file:
        file.write(head)
        for time, original, data in packets:
            file.write(struct.pack("<IIII", time // 10**9, time % 10**9, len(data), original) + data)


def merge(target, *names):
    read_in = [read(name + ".pcap") for name in names]
    packets = sorted((p for _, packets in read_in for p in packets), key=lambda p: p[0])
    write(target, read_in[0][0], packets)


def move(source, target, epoch, *shifts):
    head, packets = read(source)
    later = {}
    for number, seconds in (shift.split(":") for shift in shifts):
        later[int(number) % (len(packets) + 1)] = int(float(seconds) * 10**9)
    moved, shift = [], 0
    for number, (time, original, data) in enumerate(packets, 1):
        shift += later.pop(number, 0)
        moved.append((int(epoch) * 10**9 + time - packets[0][0] + shift, original, data))
    if not packets or later:
        sys.exit(f"{source}: {len(packets)} packets, and none has the number {sorted(later) or 1}")
    write(target, head, moved)


if sys.argv[1] == "--merge":
    merge(*sys.argv[2:])
else:
    move(*sys.argv[1:])
