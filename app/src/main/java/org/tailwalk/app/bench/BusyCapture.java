// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A made-up capture of a pod whose maps never rest: {@value #OPEN} flows at a time, each of {@value
 * #STEPS} packets. TCP straight to a server and through a service, some of it never closed; knocks
 * from outside that policy drops; names asked for by UDP. The collector runs every 20 seconds of
 * it, so that entries come and go.
 */
public final class BusyCapture {
  /** Packets of a flow. */
  public static final int STEPS = 10;

  private static final int OPEN = 64;
  private static final long APART_NANOS = 1_250_000;

  private static final int SYN = 0x02;
  private static final int ACK = 0x10;
  private static final int PUSH = 0x18;
  private static final int FIN = 0x11;

  private static final byte[] POD = {10, 0, 0, 11};
  private static final byte[] SERVER = {10, 0, 1, 20};
  private static final byte[] SERVICE = {10, 96, 0, 1};
  private static final byte[] BACKEND = {10, 0, 1, 30};
  private static final byte[] NAMES = {10, 0, 1, 53};
  private static final byte[] STRANGER = {10, 0, 2, 9};

  /** A TCP connection's packets: from whom and with which flags. */
  private static final boolean[] OUT = {
    true, false, true, true, false, true, true, false, true, true
  };

  private static final int[] FLAGS = {SYN, SYN | ACK, ACK, PUSH, PUSH, ACK, FIN, FIN, ACK, ACK};

  private BusyCapture() {}

  /** Writes a pcap of so many packets, and the scenario to replay it against. */
  public static void write(Path pcap, Path scenario, int packets) throws IOException {
    try (OutputStream capture = BenchCapture.open(pcap)) {
      for (int i = 0; i < packets; i++) {
        BenchCapture.add(capture, frame(i), i * APART_NANOS);
      }
    }
    try (InputStream in =
        Objects.requireNonNull(BusyCapture.class.getResourceAsStream("busy.json"))) {
      Files.copy(in, scenario);
    }
  }

  private static byte[] frame(int index) {
    int flow = index / (OPEN * STEPS) * OPEN + index % OPEN;
    int step = index / OPEN % STEPS;
    int port = 20_000 + flow % 40_000;
    return switch (flow % 8) {
      case 0, 1, 2 -> tcp(index, SERVER, SERVER, 80, port, step);
      case 3 -> tcp(index, SERVER, SERVER, 80, port, step < 6 ? step : 3 + step % 3);
      case 4, 5 -> tcp(index, SERVICE, BACKEND, OUT[step] ? 80 : 8080, port, step);
      case 6 -> ip(index, STRANGER, POD, 6, tcp(port, 8080, index, SYN));
      default ->
          step % 2 == 0
              ? ip(index, POD, NAMES, 17, udp(port, 53))
              : ip(index, NAMES, POD, 17, udp(53, port));
    };
  }

  private static byte[] tcp(int index, byte[] to, byte[] from, int theirs, int ours, int step) {
    return OUT[step]
        ? ip(index, POD, to, 6, tcp(ours, theirs, index, FLAGS[step]))
        : ip(index, from, POD, 6, tcp(theirs, ours, index, FLAGS[step]));
  }

  private static ByteBuffer tcp(int from, int to, int sequence, int flags) {
    ByteBuffer tcp = ByteBuffer.allocate(20).putShort((short) from).putShort((short) to);
    tcp.putInt(sequence).putInt(flags == SYN ? 0 : sequence);
    return tcp.put((byte) 0x50).put((byte) flags).putShort((short) 64_240);
  }

  private static ByteBuffer udp(int from, int to) {
    ByteBuffer udp = ByteBuffer.allocate(20).putShort((short) from).putShort((short) to);
    return udp.putShort((short) 20);
  }

  private static byte[] ip(int id, byte[] from, byte[] to, int protocol, ByteBuffer payload) {
    byte[] rest = payload.array();
    ByteBuffer frame = ByteBuffer.allocate(34 + rest.length);
    boolean out = from == POD;
    frame.put(out ? BenchCapture.FROM_POD : BenchCapture.TO_POD).putShort((short) 0x0800);
    frame.put((byte) 0x45).put((byte) 0).putShort((short) (20 + rest.length)).putShort((short) id);
    frame.putShort((short) 0x4000).put((byte) 64).put((byte) protocol).putShort((short) 0);
    frame.put(from).put(to);
    frame.putShort(24, BenchCapture.checksum(frame, 14, 34));
    return frame.put(rest).array();
  }
}
