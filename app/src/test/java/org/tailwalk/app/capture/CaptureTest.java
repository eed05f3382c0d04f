// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tailwalk.app.capture.TestCaptures.block;
import static org.tailwalk.app.capture.TestCaptures.ethernet;
import static org.tailwalk.app.capture.TestCaptures.gzip;
import static org.tailwalk.app.capture.TestCaptures.interfaceBlock;
import static org.tailwalk.app.capture.TestCaptures.join;
import static org.tailwalk.app.capture.TestCaptures.packetBlock;
import static org.tailwalk.app.capture.TestCaptures.pcap;
import static org.tailwalk.app.capture.TestCaptures.section;
import static org.tailwalk.app.capture.TestCaptures.simplePacketBlock;
import static org.tailwalk.app.capture.TestCaptures.udpFrame;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.app.capture.TestCaptures.Packet;
import org.tailwalk.app.platform.UserFolders;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.Frame;

final class CaptureTest {
  private static final long T0 = 1_700_000_000_123_456_789L;
  private static final byte[] A = udpFrame(60);
  private static final byte[] B = udpFrame(342);

  @TempDir Path folder;

  private Capture open(byte[] content) throws CaptureException {
    return Capture.open(write(content), CaptureProgress.NONE);
  }

  private String write(byte[] content) {
    try {
      return Files.write(folder.resolve("x.pcap"), content).toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<Frame> frames(Capture capture) throws CaptureException {
    List<Frame> frames = new ArrayList<>();
    CaptureReader reader = capture.reader();
    for (long n = 1; n <= capture.size(); n++) {
      CapturedPacket packet = reader.packet(n);
      assertThat(packet.number()).isEqualTo(n);
      assertThat(capture.packet(n)).as("read alone").isEqualTo(packet);
      frames.add(packet.frame());
    }
    return frames;
  }

  record Good(String title, byte[] content, List<Frame> frames) {
    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Good> good() {
    List<Packet> two = List.of(Packet.of(T0, A), Packet.of(T0 + 1, B));
    Frame a = Frame.whole(Bytes.copyOf(A), T0);
    Frame b = Frame.whole(Bytes.copyOf(B), T0 + 1);
    long micros = T0 / 1000 * 1000;
    Frame aMicro = Frame.whole(Bytes.copyOf(A), micros);
    Frame bMicro = Frame.whole(Bytes.copyOf(B), micros);
    byte[] big = udpFrame(9000);
    byte[] nano = interfaceBlock(LITTLE_ENDIAN, 1, "eth0", 9);
    return Stream.of(
        new Good("nanoseconds", ethernet(two), List.of(a, b)),
        new Good("big-endian", pcap(BIG_ENDIAN, true, 1, two), List.of(a, b)),
        new Good("microseconds", pcap(LITTLE_ENDIAN, false, 1, two), List.of(aMicro, bMicro)),
        new Good("gzip", gzip(ethernet(two)), List.of(a, b)),
        new Good(
            "two gzip members", join(gzip(ethernet(two.subList(0, 1))), gzip(join())), List.of(a)),
        new Good(
            "zero-length packet",
            ethernet(List.of(Packet.of(T0, new byte[0]))),
            List.of(Frame.whole(Bytes.empty(), T0))),
        new Good(
            "13 bytes",
            ethernet(List.of(Packet.of(T0, new byte[13]))),
            List.of(Frame.whole(Bytes.copyOf(new byte[13]), T0))),
        new Good(
            "9,000 bytes",
            ethernet(List.of(Packet.of(T0, big))),
            List.of(Frame.whole(Bytes.copyOf(big), T0))),
        new Good(
            "cut by the snap length",
            ethernet(List.of(new Packet(T0, 1500, A))),
            List.of(new Frame(Bytes.copyOf(A), 1500, T0))),
        new Good(
            "original length below the captured",
            ethernet(List.of(new Packet(T0, 0, A))),
            List.of(a)),
        new Good(
            "backward times",
            ethernet(List.of(Packet.of(T0 + 1, B), Packet.of(T0, A))),
            List.of(b, a)),
        new Good(
            "pcapng, nanoseconds",
            join(
                section(LITTLE_ENDIAN),
                nano,
                packetBlock(LITTLE_ENDIAN, 0, T0, A.length, A),
                block(LITTLE_ENDIAN, 4, new byte[40]),
                packetBlock(LITTLE_ENDIAN, 0, T0 + 1, B.length, B)),
            List.of(a, b)),
        new Good(
            "pcapng, sections of both byte orders",
            join(
                section(LITTLE_ENDIAN),
                nano,
                packetBlock(LITTLE_ENDIAN, 0, T0, A.length, A),
                section(BIG_ENDIAN),
                interfaceBlock(BIG_ENDIAN, 1, "eth1", 9),
                packetBlock(BIG_ENDIAN, 0, T0 + 1, B.length, B)),
            List.of(a, b)),
        new Good(
            "pcapng, microseconds and binary resolution",
            join(
                section(LITTLE_ENDIAN),
                interfaceBlock(LITTLE_ENDIAN, 1, "a", 6),
                interfaceBlock(LITTLE_ENDIAN, 1, "b", 0x80 | 10),
                packetBlock(LITTLE_ENDIAN, 0, micros / 1000, A.length, A),
                packetBlock(LITTLE_ENDIAN, 1, 3 * 1024 + 512, B.length, B)),
            List.of(aMicro, Frame.whole(Bytes.copyOf(B), 3_500_000_000L))),
        new Good(
            "pcapng, simple packets",
            join(section(LITTLE_ENDIAN), nano, simplePacketBlock(LITTLE_ENDIAN, 60, A)),
            List.of(Frame.whole(Bytes.copyOf(A), 0))));
  }

  @ParameterizedTest
  @MethodSource("good")
  void readsEveryPacket(Good row) throws CaptureException {
    try (Capture capture = open(row.content)) {
      assertThat(frames(capture)).isEqualTo(row.frames);
      assertThat(capture.warnings()).isEmpty();
    }
  }

  record Bad(String title, byte[] content, String message) {
    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Bad> bad() {
    byte[] whole = ethernet(List.of(Packet.of(T0, A)));
    return Stream.of(
        new Bad("empty", new byte[0], "the file is empty (0 bytes): not a capture"),
        new Bad(
            "text",
            "hello".getBytes(StandardCharsets.UTF_8),
            "not a capture: it begins with 68656c6c"),
        new Bad("one byte", new byte[] {1}, "not a capture: it begins with 01"),
        new Bad(
            "ELF",
            "\177ELF....".getBytes(StandardCharsets.ISO_8859_1),
            "an ELF object; --datapath takes it"),
        new Bad(
            "scenario",
            " {\"version\": 1}".getBytes(StandardCharsets.UTF_8),
            "a scenario goes after --scenario"),
        new Bad(
            "file header cut", Arrays.copyOf(whole, 23), "pcap file header cut at 23 of 24 bytes"),
        new Bad(
            "pcapng header cut",
            Arrays.copyOf(section(LITTLE_ENDIAN), 27),
            "pcapng section header cut at 27 of 28 bytes"),
        new Bad(
            "pcapng without byte order",
            join(new byte[] {10, 13, 13, 10}, new byte[40]),
            "without a byte-order mark at byte 8"),
        new Bad(
            "first record cut",
            Arrays.copyOf(whole, 50),
            "packet 1 at byte 24: 60 bytes announced, 10 there: no packet can be read"),
        new Bad(
            "wild length",
            join(Arrays.copyOf(whole, 32), new byte[] {-1, -1, -1, 0x7f, 0, 0, 0, 0}),
            "the record claims 2147483647 bytes, which no packet has"),
        new Bad(
            "802.11",
            pcap(LITTLE_ENDIAN, true, 105, List.of(Packet.of(T0, A))),
            "link type 105 (IEEE 802.11) can't be replayed; these can: Ethernet, BSD loopback"),
        new Bad(
            "unknown link type",
            pcap(LITTLE_ENDIAN, true, 9999, List.of()),
            "link type 9999 can't be replayed"),
        new Bad(
            "pcapng of an unknown link type alone",
            join(section(LITTLE_ENDIAN), interfaceBlock(LITTLE_ENDIAN, 127, "wlan0\u001b[2J", 9)),
            "interface 0 (wlan0[2J) has link type 127 (radiotap header and IEEE 802.11), which"
                + " can't be replayed"),
        new Bad("gzip of nothing", gzip(new byte[0]), "the file is empty"),
        new Bad("gzip header alone", new byte[] {0x1f, (byte) 0x8b, 8}, "gzip:"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refusesWithReason(Bad row) {
    String path = write(row.content);
    assertThatExceptionOfType(CaptureException.class)
        .isThrownBy(() -> Capture.open(path, CaptureProgress.NONE))
        .withMessageContaining(path)
        .withMessageContaining(row.message);
  }

  record Damaged(String title, byte[] content, int packets, String warning) {
    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Damaged> damaged() {
    byte[] whole = ethernet(List.of(Packet.of(T0, A), Packet.of(T0, B)));
    byte[] next =
        join(
            section(LITTLE_ENDIAN),
            interfaceBlock(LITTLE_ENDIAN, 1, "eth0", 9),
            packetBlock(LITTLE_ENDIAN, 0, T0, A.length, A));
    byte[] two = join(next, packetBlock(LITTLE_ENDIAN, 0, T0, B.length, B));
    return Stream.of(
        new Damaged("no packets", ethernet(List.of()), 0, "it holds no packets"),
        new Damaged(
            "pcap cut in a packet",
            Arrays.copyOf(whole, whole.length - 1),
            1,
            "packet 2 at byte 100: 342 bytes announced, 341 there: the file is cut off or damaged"
                + " here; the 1 packet before it is read"),
        new Damaged(
            "pcap cut in a record header",
            Arrays.copyOf(whole, 110),
            1,
            "packet 2 at byte 100: 10 bytes of a record header of 16"),
        new Damaged(
            "pcapng cut in a block",
            Arrays.copyOf(two, two.length - 4),
            1,
            "376 bytes announced, 372 there"),
        new Damaged(
            "pcapng block of no length",
            join(next, block(LITTLE_ENDIAN, 6, new byte[4])),
            1,
            "a packet block of 16 bytes"),
        new Damaged(
            "pcapng unknown interface",
            join(next, packetBlock(LITTLE_ENDIAN, 7, T0, A.length, A)),
            1,
            "a packet of interface 7, which was not described"),
        new Damaged(
            "pcapng second interface of 802.11",
            join(
                next,
                interfaceBlock(LITTLE_ENDIAN, 105, "wlan0", 9),
                packetBlock(LITTLE_ENDIAN, 1, T0, A.length, A)),
            1,
            "interface 1 (wlan0) has link type 105 (IEEE 802.11), which can't be replayed: its 1"
                + " packet is left out"),
        new Damaged("gzip cut", Arrays.copyOf(gzip(whole), gzip(whole).length - 8), 2, "gzip: "));
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void readsWhatCanBeReadAndWarns(Damaged row) throws CaptureException {
    try (Capture capture = open(row.content)) {
      assertThat(frames(capture)).hasSize(row.packets);
      assertThat(capture.warnings()).singleElement().asString().contains(row.warning);
      assertThat(capture.warnings().getFirst().in(Locale.KOREAN))
          .startsWith("캡처 읽기: ")
          .doesNotContain("byte", "packet");
    }
  }

  @Test
  void mixesLinkTypesOfInterfaces() throws CaptureException {
    byte[] ip = Arrays.copyOfRange(A, 14, A.length);
    byte[] content =
        join(
            section(LITTLE_ENDIAN),
            interfaceBlock(LITTLE_ENDIAN, 1, "eth0", 9),
            interfaceBlock(LITTLE_ENDIAN, 101, "tun0", 9),
            packetBlock(LITTLE_ENDIAN, 1, T0, ip.length, ip),
            packetBlock(LITTLE_ENDIAN, 0, T0, A.length, A));
    try (Capture capture = open(content)) {
      assertThat(capture.linkTypes()).containsExactly(LinkType.ETHERNET, LinkType.RAW);
      assertThat(capture.packet(1).frame().data().slice(12, 60))
          .isEqualTo(capture.packet(2).frame().data().slice(12, 60));
    }
  }

  @Test
  void missingFilesAndFoldersAreNamed() {
    assertThatThrownBy(() -> Capture.open(folder + "/none.pcap", CaptureProgress.NONE))
        .hasMessage("open capture: " + folder + "/none.pcap: no such file");
    assertThatThrownBy(() -> Capture.open(folder.toString(), CaptureProgress.NONE))
        .hasMessage("open capture: " + folder + ": is a directory; give a capture in it");
    assertThatThrownBy(() -> Capture.open("\0", CaptureProgress.NONE))
        .isInstanceOf(CaptureException.class);
  }

  private static List<Path> spooled() throws IOException {
    Path spool = UserFolders.cache().resolve("spool");
    if (!Files.isDirectory(spool)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(spool)) {
      return files.toList();
    }
  }

  @Test
  void standardInputIsSpooledAndLeavesNothing() throws Exception {
    List<Path> before = spooled();
    InputStream in = new ByteArrayInputStream(ethernet(List.of(Packet.of(T0, A))));
    try (Capture capture = Capture.open("-", in, CaptureProgress.NONE)) {
      assertThat(capture.name()).isEqualTo("standard input");
      assertThat(before).as("no name while it is open").containsAll(spooled());
      assertThat(frames(capture)).hasSize(1);
    }
  }

  @Test
  void fifoIsReadToItsEnd() throws Exception {
    Path fifo = folder.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Files.write(fifo, gzip(ethernet(List.of(Packet.of(T0, A), Packet.of(T0, B)))));
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    try (Capture capture = Capture.open(fifo.toString(), CaptureProgress.NONE)) {
      assertThat(frames(capture)).hasSize(2);
    }
    writer.join();
  }

  @Test
  void endlessDeviceIsRefusedAtItsFirstBytes() {
    assertThatThrownBy(() -> Capture.open("/dev/zero", CaptureProgress.NONE))
        .hasMessageContaining("not a capture: it begins with 00000000");
  }

  @Test
  void interruptionCancels() throws Exception {
    String path = write(ethernet(java.util.Collections.nCopies(50_000, Packet.of(T0, A))));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> Capture.open(path, CaptureProgress.NONE))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void fileThatShrinksIsAnErrorAndNoCrash() throws Exception {
    String path = write(ethernet(List.of(Packet.of(T0, A), Packet.of(T0, B))));
    try (Capture capture = Capture.open(path, CaptureProgress.NONE)) {
      Files.write(Path.of(path), new byte[10]);
      assertThatThrownBy(() -> capture.packet(2))
          .isInstanceOf(CaptureException.class)
          .hasMessageContaining("packet 2: the file became shorter while it was read");
    }
  }
}
