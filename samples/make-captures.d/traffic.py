#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Both ends of each conversation, in one process: a socket stays in the network namespace it was made in.

traffic.py STORY, inside the namespaces that make-captures built. Ports are fixed, so two runs differ in sequence numbers,
IP ids and times alone.
"""
import ctypes
import socket
import struct
import subprocess
import sys
import time

WEB, CLIENT = "10.0.0.11", "10.0.0.12"
SERVER, RESOLVER, STRANGER = "10.0.1.20", "10.0.1.53", "10.0.2.9"
WEB6, SERVER6 = "fd00:10::b", "fd01::14"
SERVICE = "10.96.0.1"
NAMESPACE = {WEB: "web", CLIENT: "client", SERVER: "world", RESOLVER: "world", STRANGER: "world",
             WEB6: "web", SERVER6: "world"}
libc = ctypes.CDLL(None, use_errno=True)


def enter(address):
    """Moves this thread into the namespace of the host with that address."""
    with open(f"/run/netns/{NAMESPACE[address]}", "rb") as file:
        if libc.setns(file.fileno(), 0) != 0:
            raise OSError(ctypes.get_errno(), "setns")


def pause(seconds=0.02):
    time.sleep(seconds)


def make(address, port, kind=socket.SOCK_STREAM, protocol=0):
    enter(address)
    made = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, kind, protocol)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.settimeout(5)
    made.bind((address, port))
    return made


def lose(link):
    subprocess.run(["bash", "-c", f"lose {link}"], check=True)


def mend(link):
    subprocess.run(["bash", "-c", f"mend {link}"], check=True)


def listen(address, port):
    server = make(address, port)
    server.listen(8)
    return server


def connect(address, port, peer, peer_port):
    client = make(address, port)
    client.connect((peer, peer_port))
    return client


def attempt(address, port, peer, peer_port, patience):
    """A connection that nobody answers, given up after so many seconds."""
    client = make(address, port)
    client.settimeout(patience)
    try:
        client.connect((peer, peer_port))
    except OSError:  # nobody there, refused, or no way there
        pass
    client.close()


def receive(connection, size):
    data = b""
    while len(data) < size:
        more = connection.recv(size - len(data))
        if not more:
            raise EOFError
        data += more


def exchange(client, server, path="/", size=120):
    request = f"GET {path} HTTP/1.1\r\nHost: server\r\nUser-Agent: sample\r\n\r\n".encode()
    client.sendall(request)
    receive(server, len(request))
    pause(0.005)
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {size}\r\n\r\n".encode()
    reply = head + (b"the quick brown fox jumps over the lazy dog\n" * (size // 44 + 1))[:size]
    server.sendall(reply)
    receive(client, len(reply))
    pause()


def hang_up(first, second):
    first.close()
    pause()
    second.close()
    pause()


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
    pause()


def checksum(data):
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def echo(identifier, sequence, size=8):
    payload = bytes(range(size))
    head = struct.pack("!BBHHH", 8, 0, 0, identifier, sequence)
    return head[:2] + struct.pack("!H", checksum(head + payload)) + head[4:] + payload


def send_raw(source, destination, protocol, payload):
    if ":" in source:
        # With a header of our own: the kernel takes some of these protocols for options it would have to be told of.
        raw = make(source, 0, socket.SOCK_RAW, socket.IPPROTO_RAW)
        payload = (struct.pack("!IHBB", 0x60000000, len(payload), protocol, 64)
                   + socket.inet_pton(socket.AF_INET6, source) + socket.inet_pton(socket.AF_INET6, destination) + payload)
    else:
        raw = make(source, 0, socket.SOCK_RAW, protocol)
    raw.sendto(payload, (destination, 0))
    raw.close()
    pause()


def gre(source, destination):
    """An echo request in IPv4 in GRE: 60 bytes of IP in all."""
    message = echo(99, 1)
    head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(message), 0, 0, 64, 1, 0,
                       socket.inet_aton("172.16.0.1"), socket.inet_aton("172.16.0.2"))
    head = head[:10] + struct.pack("!H", checksum(head)) + head[12:]
    send_raw(source, destination, 47, struct.pack("!HH", 0, 0x0800) + head + message)


def ping(source, destination, identifier, sequence):
    raw = make(source, 0, socket.SOCK_RAW, socket.IPPROTO_ICMP)
    raw.sendto(echo(identifier, sequence, 56), (destination, 0))
    raw.recv(200)
    raw.close()
    pause()


def nobody_heard():
    listener = listen(SERVER, 80)
    client = connect(WEB, 45678, SERVER, 80)
    server, _ = listener.accept()
    pause()
    exchange(client, server)
    attempt(STRANGER, 51122, WEB, 8080, 0.1)
    gre(WEB, SERVER)
    ping(WEB, SERVER, 7, 1)
    ping(WEB, SERVER, 7, 2)
    exchange(client, server, "/again")
    hang_up(client, server)


def http():
    listener = listen(SERVER, 80)
    client = connect(WEB, 45678, SERVER, 80)
    server, _ = listener.accept()
    exchange(client, server, "/small")
    exchange(client, server, "/page", 6000)
    hang_up(server, client)
    inbound = listen(WEB, 8080)
    client = connect(SERVER, 51000, WEB, 8080)
    server, _ = inbound.accept()
    exchange(client, server, "/from-outside")
    hang_up(client, server)


def question(number, name):
    labels = b"".join(bytes([len(part)]) + part.encode() for part in name.split("."))
    return struct.pack("!6H", number, 0x0100, 1, 0, 0, 0) + labels + struct.pack("!BHH", 0, 1, 1)


def dns():
    resolver = make(RESOLVER, 53, socket.SOCK_DGRAM)
    for number, port in ((1, 40001), (2, 40002), (3, 40003)):
        client = make(WEB, port, socket.SOCK_DGRAM)
        asked = question(number, f"late{number}.example.org")
        client.sendto(asked, (RESOLVER, 53))
        resolver.recv(512)
        pause(0.1)
        record = struct.pack("!HHHIH", 0xC00C, 1, 1, 300, 4) + socket.inet_aton("192.0.2.80")
        reply = struct.pack("!6H", number, 0x8180, 1, 1, 0, 0) + asked[12:] + record
        resolver.sendto(reply, (WEB, port))
        client.recv(512)
        client.close()
        pause()


def answer(resolver, client, number, name):
    """A question from a pod and the resolver's answer to it."""
    asked = question(number, name)
    client.sendto(asked, (RESOLVER, 53))
    resolver.recv(512)
    record = struct.pack("!HHHIH", 0xC00C, 1, 1, 300, 4) + socket.inet_aton(SERVER)
    reply = struct.pack("!6H", number, 0x8180, 1, 1, 0, 0) + asked[12:] + record
    resolver.sendto(reply, client.getsockname())
    client.recv(512)


def telemetry(steps):
    """A pod that looks its server up and then talks to it by UDP: ">" from the pod, "<" from the server."""
    resolver = make(RESOLVER, 53, socket.SOCK_DGRAM)
    client = make(WEB, 40000, socket.SOCK_DGRAM)
    answer(resolver, client, 7, "db.local")
    server = make(SERVER, 9000, socket.SOCK_DGRAM)
    client = make(WEB, 40001, socket.SOCK_DGRAM)
    sent = {">": 0, "<": 0}
    for step in steps:
        sent[step] += 1
        source, sink, peer = (client, server, (SERVER, 9000)) if step == ">" else (server, client, (WEB, 40001))
        source.sendto(f"{'report' if step == '>' else 'receipt'} {sent[step]}".encode(), peer)
        sink.recv(512)
        pause(0.1)


def refused():
    attempt(WEB, 45001, SERVER, 81, 2)
    pause(0.1)
    attempt(SERVER, 51001, WEB, 8081, 2)
    closed = make(WEB, 45002, socket.SOCK_DGRAM)
    closed.connect((SERVER, 82))
    closed.send(b"anybody there?")
    pause(0.1)
    closed.close()


def denied():
    attempt(WEB, 45025, SERVER, 25, 2.5)
    pause()
    attempt(STRANGER, 51122, WEB, 8080, 1.5)
    datagram = make(WEB, 45026, socket.SOCK_DGRAM)
    datagram.sendto(b"not for you", (SERVER, 4444))
    datagram.close()


def reset_story():
    listener = listen(SERVER, 80)
    client = connect(WEB, 45678, SERVER, 80)
    server, _ = listener.accept()
    exchange(client, server)
    reset(server)
    client.close()
    pause()
    # The same ports again: the entry that the reset closed is opened once more.
    client = connect(WEB, 45678, SERVER, 80)
    server, _ = listener.accept()
    exchange(client, server)
    reset(client)
    server.close()


def gre_story():
    gre(WEB, SERVER)
    gre(SERVER, WEB)
    gre(WEB, CLIENT)
    # Other protocols that conntrack does not know: ESP, and SCTP where the option is off.
    send_raw(WEB, SERVER, 50, struct.pack("!II", 0x1001, 1) + bytes(24))
    send_raw(WEB, SERVER, 132, struct.pack("!HHII", 3868, 3868, 0, 0) + struct.pack("!BBH", 1, 0, 20) + bytes(16))


def pod_to_pod():
    listener = listen(WEB, 80)
    client = connect(CLIENT, 46000, WEB, 80)
    server, _ = listener.accept()
    exchange(client, server)
    ping(CLIENT, WEB, 11, 1)
    attempt(CLIENT, 46001, WEB, 81, 0.1)
    hang_up(client, server)


def retransmission():
    listener = listen(SERVER, 80)
    client = connect(WEB, 45678, SERVER, 80)
    server, _ = listener.accept()
    exchange(client, server, "/before")
    # Lost beyond the tap, which sees the segment and its repetition.
    lose("node uplink")
    client.sendall(b"lost on the way\r\n")
    pause(0.1)
    mend("node uplink")
    receive(server, 17)
    # Lost before the tap, which sees the hole and the repetition.
    lose("router node")
    server.sendall(b"x" * 4000)
    pause(0.1)
    mend("router node")
    receive(client, 4000)
    pause(0.3)
    hang_up(client, server)


def fragments():
    receiver = make(SERVER, 5000, socket.SOCK_DGRAM)
    sender = make(WEB, 45000, socket.SOCK_DGRAM)
    sender.sendto(bytes(2500), (SERVER, 5000))
    receiver.recv(4000)
    receiver.sendto(bytes(1800), (WEB, 45000))
    sender.recv(4000)


def conntrack_2020():
    listener = listen(SERVER, 80)
    client = connect(WEB, 45678, SERVER, 80)
    server, _ = listener.accept()
    pause()
    exchange(client, server, "/2020")
    hang_up(client, server)
    # A reset closes one direction only, and a SYN on the same ports opens the entry again without a word of it.
    client = connect(WEB, 45679, SERVER, 80)
    server, _ = listener.accept()
    reset(client)
    server.close()
    client = connect(WEB, 45679, SERVER, 80)
    server, _ = listener.accept()
    pause()
    reset(client)
    server.close()
    resolver = make(RESOLVER, 53, socket.SOCK_DGRAM)
    asker = make(WEB, 40001, socket.SOCK_DGRAM)
    for number in (1, 2):
        asked = question(number, f"{'long-' * 11}name{number}.{'label.' * 6}example.org")
        asker.sendto(asked, (RESOLVER, 53))
        resolver.recv(512)
        record = struct.pack("!HHHIH", 0xC00C, 1, 1, 300, 4) + socket.inet_aton("192.0.2.80")
        resolver.sendto(struct.pack("!6H", number, 0x8180, 1, 1, 0, 0) + asked[12:] + record, (WEB, 40001))
        asker.recv(512)
        pause()


def policy_2020():
    listener = listen(SERVER, 80)
    client = connect(WEB, 45678, SERVER, 80)
    server, _ = listener.accept()
    hang_up(client, server)
    ping(WEB, SERVER, 20, 1)
    attempt(WEB, 45025, SERVER, 25, 0.1)
    attempt(STRANGER, 51122, WEB, 8080, 0.1)
    datagram = make(WEB, 45026, socket.SOCK_DGRAM)
    datagram.sendto(b"not for you", (SERVER, 4444))
    datagram.close()
    pause()
    gre(WEB, SERVER)
    gre(SERVER, WEB)


def deny():
    listener = listen(SERVER, 80)
    client = connect(WEB, 45678, SERVER, 80)
    server, _ = listener.accept()
    hang_up(client, server)
    attempt(WEB, 45025, SERVER, 25, 0.1)
    inbound = listen(WEB, 8080)
    client = connect(SERVER, 51000, WEB, 8080)
    server, _ = inbound.accept()
    hang_up(client, server)
    attempt(SERVER, 51001, WEB, 9090, 0.1)


def proxy():
    listener = listen(SERVER, 80)
    client = connect(WEB, 45678, SERVER, 80)
    server, _ = listener.accept()
    exchange(client, server, "/l7")
    hang_up(client, server)
    inbound = listen(WEB, 8080)
    client = connect(SERVER, 51000, WEB, 8080)
    server, _ = inbound.accept()
    exchange(client, server, "/l7-from-outside")
    hang_up(client, server)


def services():
    listener = listen(WEB, 8080)
    for port in (46000, 46001):
        client = connect(CLIENT, port, SERVICE, 80)
        server, _ = listener.accept()
        exchange(client, server, "/service")
        hang_up(client, server)
    # A service of which every backend is gone.
    attempt(CLIENT, 46002, "10.96.0.2", 80, 0.1)


def hairpin():
    listener = listen(WEB, 8080)
    client = connect(WEB, 40000, SERVICE, 80)
    server, _ = listener.accept()
    exchange(client, server, "/self")
    hang_up(client, server)


def ipv6_story():
    listener = listen(SERVER6, 80)
    client = connect(WEB6, 45678, SERVER6, 80)
    server, _ = listener.accept()
    exchange(client, server, "/six")
    hang_up(client, server)
    closed = make(WEB6, 45002, socket.SOCK_DGRAM)
    closed.connect((SERVER6, 82))
    closed.send(b"anybody there?")
    pause(0.1)
    closed.close()


def udp6(source, destination, sport, dport, payload):
    """A UDP datagram over IPv6, as bytes."""
    length = 8 + len(payload)
    pseudo = (socket.inet_pton(socket.AF_INET6, source) + socket.inet_pton(socket.AF_INET6, destination)
              + struct.pack("!II", length, 17))
    head = struct.pack("!HHHH", sport, dport, length, 0)
    padded = pseudo + head + payload + bytes(len(payload) % 2)
    return head[:6] + struct.pack("!H", checksum(padded)) + payload


def options(following, words=0):
    """A hop-by-hop or destination options header of 8 * (words + 1) bytes, all padding."""
    return struct.pack("!BB", following, words) + struct.pack("!BB", 1, 8 * words + 4) + bytes(8 * words + 4)


def ipv6_headers():
    datagram = udp6(WEB6, SERVER6, 40000, 53, b"question")
    send_raw(WEB6, SERVER6, 0, options(17) + datagram)
    send_raw(WEB6, SERVER6, 60, options(60, 1) + options(17) + datagram)
    send_raw(WEB6, SERVER6, 60, options(60) + options(60) + options(60) + options(17) + datagram)
    send_raw(WEB6, SERVER6, 44, struct.pack("!BBHI", 17, 0, 1, 7) + datagram)
    send_raw(WEB6, SERVER6, 59, b"")
    send_raw(WEB6, SERVER6, 47, struct.pack("!HH", 0, 0x86DD) + bytes(16))
    answer = udp6(SERVER6, WEB6, 53, 40000, b"answer!!")
    send_raw(SERVER6, WEB6, 60, options(17) + answer)
    send_raw(SERVER6, WEB6, 44, struct.pack("!BBHI", 17, 0, 1, 8) + answer)
    send_raw(SERVER6, WEB6, 59, b"")


def udp(source, destination, sport, dport, payload):
    """A UDP datagram over IPv4, as bytes, without a checksum."""
    send_raw(source, destination, 17, struct.pack("!HHHH", sport, dport, 8 + len(payload), 0) + payload)


def eras():
    """The rows of the table of the fixes, in its order."""
    cut = struct.pack("!H", 45678)
    gre6 = struct.pack("!HH", 0, 0x86DD) + bytes(16)
    fragment = struct.pack("!BBHI", 17, 0, 1, 7) + udp6(SERVER6, WEB6, 53, 40000, b"answer!!")
    gre(WEB, SERVER)
    gre(SERVER, WEB)
    gre(SERVER, WEB)
    send_raw(SERVER, WEB, 6, cut)
    send_raw(SERVER6, WEB6, 47, gre6)
    send_raw(SERVER6, WEB6, 44, fragment)
    send_raw(SERVER6, WEB6, 59, b"")
    send_raw(SERVER6, WEB6, 44, fragment)
    send_raw(WEB6, SERVER6, 44, fragment)
    udp(CLIENT, SERVER, 40000, 5000, b"question")
    udp(SERVER, CLIENT, 5000, 40000, b"an answer")


def fault():
    listener = listen(SERVER, 80)
    client = connect(WEB, 45678, SERVER, 80)
    server, _ = listener.accept()
    pause()
    hang_up(client, server)
    ping(WEB, SERVER, 7, 1)
    client = make(CLIENT, 46053, socket.SOCK_DGRAM)
    receiver = make(WEB, 5000, socket.SOCK_DGRAM)
    client.sendto(b"pod to pod", (WEB, 5000))
    receiver.recv(100)
    pause()


STORIES = {
    "conntrack-2020": conntrack_2020, "policy-2020": policy_2020, "deny": deny, "proxy": proxy, "services": services,
    "hairpin": hairpin, "ipv6": ipv6_story, "ipv6-headers": ipv6_headers, "eras": eras, "fault": fault,
    "nobody-heard": nobody_heard, "http": http, "dns": dns, "refused": refused, "denied": denied, "reset": reset_story,
    "compare-working": lambda: telemetry(">><>>"), "compare-broken": lambda: telemetry(">><<>"), "gre": gre_story, "pod-to-pod": pod_to_pod, "retransmission": retransmission, "fragments": fragments,
}
STORIES[sys.argv[1]]()
