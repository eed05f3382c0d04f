// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.capture.TestCaptures.Packet;

/** Damaged captures give packets or a {@link CaptureException}, never anything else. */
final class CaptureFuzzTest {
  private static final long SEED = 42;
  private static final int ROUNDS = 4000;

  @TempDir Path folder;

  @Test
  void mutatedCapturesGivePacketsOrADocumentedError() throws Exception {
    List<Packet> packets =
        List.of(
            Packet.of(1, TestCaptures.udpFrame(60)),
            Packet.of(2, new byte[0]),
            Packet.of(3, TestCaptures.udpFrame(100)));
    byte[] sample = TestCaptures.udpFrame(60);
    List<byte[]> bases =
        List.of(
            TestCaptures.ethernet(packets),
            TestCaptures.pcap(BIG_ENDIAN, false, 113, packets),
            TestCaptures.pcap(LITTLE_ENDIAN, true, 276, packets),
            TestCaptures.pcap(LITTLE_ENDIAN, true, 101, packets),
            TestCaptures.gzip(TestCaptures.ethernet(packets)),
            TestCaptures.join(
                TestCaptures.section(LITTLE_ENDIAN),
                TestCaptures.interfaceBlock(LITTLE_ENDIAN, 1, "eth0", 9),
                TestCaptures.interfaceBlock(LITTLE_ENDIAN, 113, "any", 6),
                TestCaptures.packetBlock(LITTLE_ENDIAN, 0, 1, 60, sample),
                TestCaptures.packetBlock(LITTLE_ENDIAN, 1, 2, 60, sample),
                TestCaptures.simplePacketBlock(LITTLE_ENDIAN, 60, sample),
                TestCaptures.section(BIG_ENDIAN),
                TestCaptures.interfaceBlock(BIG_ENDIAN, 0, "lo", 0x83),
                TestCaptures.packetBlock(BIG_ENDIAN, 0, 3, 60, sample)));
    Random random = new Random(SEED);
    Path file = folder.resolve("fuzz.pcap");
    for (int round = 0; round < ROUNDS; round++) {
      byte[] content = mutate(random, bases.get(round % bases.size()));
      Files.write(file, content);
      try (Capture capture = Capture.open(file.toString(), CaptureProgress.NONE)) {
        CaptureReader reader = capture.reader();
        for (long n = 1; n <= capture.size(); n++) {
          reader.packet(n);
        }
      } catch (CaptureException e) {
        // A documented error is a right answer.
      } catch (RuntimeException e) {
        throw new AssertionError(
            "seed %d, round %d: %s"
                .formatted(SEED, round, java.util.HexFormat.of().formatHex(content)),
            e);
      }
    }
  }

  private static byte[] mutate(Random random, byte[] base) {
    byte[] out = base.clone();
    for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
      int at = random.nextInt(out.length);
      switch (random.nextInt(5)) {
        case 0 -> out[at] = (byte) random.nextInt(256);
        case 1 -> out[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> out = Arrays.copyOf(out, Math.max(1, at));
        case 3 -> Arrays.fill(out, at, Math.min(out.length, at + 4), (byte) -1);
        default -> {
          byte[] longer = Arrays.copyOf(out, out.length + 4);
          System.arraycopy(out, at, longer, at + 4, out.length - at);
          out = longer;
        }
      }
    }
    return out;
  }
}
