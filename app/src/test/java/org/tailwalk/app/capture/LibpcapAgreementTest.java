// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.TimestampPrecision;
import org.pcap4j.core.Pcaps;
import org.pcap4j.core.RawPacketListener;
import org.tailwalk.app.capture.TestCaptures.Packet;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.Frame;

/** Our own reading of pcap and pcapng against libpcap's. */
final class LibpcapAgreementTest {
  private static final long SEED = 20260101;

  private static final Logger PCAP4J = Logger.getLogger("org.pcap4j");

  @TempDir Path folder;

  @BeforeAll
  static void quiet() {
    PCAP4J.setLevel(Level.WARNING);
  }

  @Test
  void samePacketsTimesAndLengths() throws Exception {
    List<Packet> packets = randomPackets();
    for (boolean nanos : new boolean[] {true, false}) {
      agree(TestCaptures.pcap(LITTLE_ENDIAN, nanos, 1, packets));
      agree(TestCaptures.pcap(BIG_ENDIAN, nanos, 1, packets));
    }
    for (var order : List.of(LITTLE_ENDIAN, BIG_ENDIAN)) {
      for (int resolution : new int[] {3, 6, 9, 0x80 | 20}) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(TestCaptures.section(order));
        out.writeBytes(TestCaptures.interfaceBlock(order, 1, "eth0", resolution));
        for (Packet p : packets) {
          long ticks = p.timeNanos() / 1000;
          out.writeBytes(TestCaptures.packetBlock(order, 0, ticks, p.originalLength(), p.data()));
        }
        agree(out.toByteArray());
      }
    }
  }

  @Test
  void oldVariantComesThroughLibpcap() throws Exception {
    byte[] data = TestCaptures.udpFrame(60);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(TestCaptures.pcapHeader(LITTLE_ENDIAN, 0xa1b2cd34, 1));
    // Kuznetzov's record header: the usual 16 bytes, then interface index, protocol, packet type.
    ByteBuffer header = ByteBuffer.allocate(24).order(LITTLE_ENDIAN);
    header.putInt(1_700_000_000).putInt(123_456).putInt(60).putInt(60).putInt(2);
    out.writeBytes(header.array());
    out.writeBytes(data);
    Path file = Files.write(folder.resolve("old.pcap"), out.toByteArray());
    try (Capture capture = Capture.open(file.toString(), CaptureProgress.NONE)) {
      assertThat(capture.packet(1).frame())
          .isEqualTo(Frame.whole(Bytes.copyOf(data), 1_700_000_000_123_456_000L));
    }
    assertThat(file).exists();
  }

  private static List<Packet> randomPackets() {
    Random random = new Random(SEED);
    List<Packet> packets = new ArrayList<>();
    long time = 1_700_000_000_000_000_000L;
    for (int i = 0; i < 500; i++) {
      byte[] data = new byte[random.nextInt(i % 10 == 0 ? 9000 : 200)];
      random.nextBytes(data);
      time += random.nextInt(2_000_000_000) - 100_000_000;
      packets.add(new Packet(time, data.length + random.nextInt(3), data));
    }
    return packets;
  }

  private void agree(byte[] content) throws Exception {
    Path file = Files.write(folder.resolve("same.pcap"), content);
    List<Frame> expected = new ArrayList<>();
    try (PcapHandle handle = Pcaps.openOffline(file.toString(), TimestampPrecision.NANO)) {
      RawPacketListener listener =
          data -> {
            Instant at = handle.getTimestamp().toInstant();
            long nanos = at.getEpochSecond() * 1_000_000_000L + at.getNano();
            expected.add(new Frame(Bytes.copyOf(data), handle.getOriginalLength(), nanos));
          };
      handle.loop(-1, listener);
    }
    try (Capture capture = Capture.open(file.toString(), CaptureProgress.NONE)) {
      CaptureReader reader = capture.reader();
      assertThat(capture.size()).isEqualTo(expected.size());
      for (int i = 0; i < expected.size(); i++) {
        assertThat(reader.packet(i + 1).frame()).isEqualTo(expected.get(i));
      }
    }
  }
}
