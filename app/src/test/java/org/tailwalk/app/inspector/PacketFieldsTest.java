// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.app.capture.CaptureProgress;
import org.tailwalk.app.capture.CaptureReader;
import org.tailwalk.filter.Filter;
import org.tailwalk.filter.FrameSubject;
import org.tailwalk.filter.Truth;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.Frame;

/** Fields of the packet tree: their bytes, their words, and the filters that find them. */
class PacketFieldsTest {
  private static final int MOST = 200;
  private static final Path SAMPLES = Path.of("../samples");

  static List<Path> captures() throws Exception {
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      return files.filter(f -> f.getFileName().toString().endsWith(".pcap")).sorted().toList();
    }
  }

  private static void leaves(List<PacketNode> nodes, List<PacketNode> to) {
    for (PacketNode node : nodes) {
      to.add(node);
      leaves(node.children(), to);
    }
  }

  private static List<PacketNode> fields(Bytes frame) {
    List<PacketNode> all = new ArrayList<>();
    leaves(PacketTree.of(frame), all);
    return all;
  }

  /** Null for one that Tailwalk refuses: there are such among the odd ones. */
  private static @Nullable Capture open(Path file) throws IOException {
    try {
      return Capture.open(file.toString(), CaptureProgress.NONE);
    } catch (CaptureException e) {
      assertThat(file.getParent()).endsWithRaw(Path.of("odd"));
      return null;
    }
  }

  private static Truth passes(String filter, Frame frame) throws Exception {
    return Filter.parse(filter).test(FrameSubject.of(1, frame));
  }

  /** All bits of its bytes turned round: it is another value, or no such field any more. */
  private static Frame without(Frame frame, PacketNode field) {
    byte[] data = frame.data().toArray();
    for (int i = field.from(); i < field.to(); i++) {
      data[i] ^= (byte) 0xff;
    }
    return new Frame(Bytes.copyOf(data), frame.originalLength(), frame.timeNanos());
  }

  @ParameterizedTest
  @MethodSource("captures")
  void aFieldsFilterFindsItsPacketAndHangsOnItsBytes(Path file) throws Exception {
    try (Capture capture = open(file)) {
      if (capture == null) {
        return;
      }
      CaptureReader reader = capture.reader();
      Set<String> wrong = new TreeSet<>();
      for (int n = 1; n <= Math.min(MOST, capture.size()); n++) {
        Frame frame = reader.packet(n).frame();
        for (PacketNode field : fields(frame.data())) {
          if (field.filter().isEmpty()) {
            continue;
          }
          if (passes(field.filter(), frame) != Truth.YES) {
            wrong.add(n + " does not pass " + field.filter());
          }
          if (passes(field.filter(), without(frame, field)) == Truth.YES) {
            wrong.add(n + " passes without the bytes of " + field.text());
          }
        }
      }
      assertThat(wrong).isEmpty();
    }
  }

  /** A segment to port 80 with this payload. */
  private static Frame http(String payload) {
    byte[] words = payload.getBytes(StandardCharsets.ISO_8859_1);
    String length = "%04x".formatted(40 + words.length);
    String headers =
        "02000000002a02000000002b0800"
            + ("4500" + length + "36874000400600000a00000c0a600001")
            + "b3b0005047b935d0000000015018faf0d59c0000";
    return Frame.whole(Bytes.ofHex(headers + HexFormat.of().formatHex(words)), 0);
  }

  @Test
  void anHttpFieldOffersAFilterAsFarAsTheLanguageReads() throws Exception {
    record Case(String payload, String... filters) {}
    String get = "GET /cart HTTP/1.1\r\n";
    String method = "http.request.method == \"GET\"";
    String uri = "http.request.uri == \"/cart\"";
    String far = "Cookie: " + "x".repeat(2048) + "\r\n";
    String near = "Cookie: " + "x".repeat(2048 - get.length() - 20 - 2) + "\r\n";
    for (Case c :
        List.of(
            new Case(
                get + "Host: shop\r\nHost: other\r\n\r\n", method, uri, "http.host == \"shop\""),
            new Case(get + far + "Host: shop\r\n\r\n", method, uri),
            new Case(get + near + "Host: sh\r\n\r\n", method, uri, "http.host == \"sh\""),
            new Case(get + near + "Host: shops-and-shops\r\n\r\n", method, uri),
            new Case("GET /" + "x".repeat(2048) + " HTTP/1.1\r\nHost: shop\r\n\r\n"),
            new Case("HTTP/1.1 404 Not Found\r\n\r\nHost: shop", "http.response.code == 404"))) {
      Frame frame = http(c.payload());
      List<String> offered =
          fields(frame.data()).stream()
              .map(PacketNode::filter)
              .filter(f -> f.startsWith("http."))
              .toList();
      assertThat(offered).containsExactly(c.filters());
      for (String filter : offered) {
        assertThat(passes(filter, frame)).as(filter).isEqualTo(Truth.YES);
      }
    }
  }

  /** As Wireshark splits them: at CR LF, at LF and at a CR alone. */
  @Test
  void treeAndFilterEndTheLinesOfAHeaderAtTheSamePlaces() throws Exception {
    record Case(String head, String host) {}
    for (Case c :
        List.of(
            new Case("X: a\r\nHost: shop\r\n\r\n", "shop"),
            new Case("X: a\nHost: shop\n\n", "shop"),
            new Case("X: a\rHost: shop\r\n\r\n", "shop"),
            new Case("Host: shop\rHost: other\r\n\r\n", "shop"),
            new Case("Host: shop\r", "shop"),
            new Case("X: a\r\n\r\nHost: body", ""),
            new Case("X: a\n\nHost: body", ""))) {
      Frame frame = http("GET / HTTP/1.1\r\n" + c.head());
      List<String> offered =
          fields(frame.data()).stream()
              .map(PacketNode::filter)
              .filter(f -> f.startsWith("http.host"))
              .toList();
      String host = "http.host == \"" + c.host() + "\"";
      assertThat(offered).as(c.head()).isEqualTo(c.host().isEmpty() ? List.of() : List.of(host));
      assertThat(passes(c.host().isEmpty() ? "!http.host" : host, frame))
          .as(c.head())
          .isEqualTo(Truth.YES);
    }
  }

  @Test
  void layersSayWhatTheyAreAboutAndFieldsHoldTheirBytes() {
    List<PacketNode> layers =
        PacketTree.of(
            Bytes.ofHex(
                "02000000002a02000000002b0800"
                    + "4500003c36874000400600000a00000c0a600001"
                    + "b3b0005047b935d000000000a002faf0d59c0000"
                    + "020405b40402080a369400000000000001030307"));
    assertThat(layers)
        .extracting(PacketNode::text)
        .containsExactly(
            "Ethernet  02:00:00:00:00:2b → 02:00:00:00:00:2a",
            "IPv4  10.0.0.12 → 10.96.0.1",
            "TCP  46000 → 80 (SYN)");
    assertThat(layers.get(1).children())
        .extracting(PacketNode::text)
        .contains(
            "Total length: 60",
            "Flags: 0x2 (Don't fragment)",
            "Time to live: 64",
            "Protocol: 6 (TCP)");
    assertThat(layers.get(2).children())
        .extracting(PacketNode::text)
        .contains(
            "Sequence number (raw): 1203320272",
            "Flags: 0x02 (SYN)",
            "Maximum segment size: 1460",
            "Option: SACK permitted",
            "Timestamps: 915668992, echo reply 0",
            "Window scale: 7");
    PacketNode scale = layers.get(2).children().getLast();
    assertThat(scale.to()).isEqualTo(74);
    assertThat(scale.from()).isEqualTo(71);
  }

  @Test
  void whatTheDatapathChangedIsMarkedInTheFieldsThatHoldIt() {
    java.util.BitSet changed = new java.util.BitSet();
    changed.set(22);
    PacketNode ip =
        PacketTree.of(
                Bytes.ofHex(
                    "02000000002a02000000002b0800"
                        + "450000143687400040060000"
                        + "0a00000c0a600001"))
            .get(1)
            .withChanges(changed);
    assertThat(ip.changed()).isTrue();
    assertThat(ip.children().stream().filter(PacketNode::changed).map(PacketNode::name))
        .containsExactly("Time to live");
  }

  private static List<Bytes> frames() {
    String tcp = "02000000002a02000000002b0800" + "4500%04x00004000400600000a00000c0a600001";
    String arp = "ffffffffffff02000000002b0806" + "0001080006040001";
    return List.of(
        Bytes.ofHex(
            tcp.formatted(64)
                + "b3b0005047b935d000000000b002faf0d59c0000"
                + "0402080a36940000000000000101010101010100"
                + "00000000"),
        Bytes.ofHex(tcp.formatted(44) + "b3b0005047b935d0000000006002faf0d59c0000" + "0120ffff"),
        Bytes.ofHex(arp + "02000000002b0a00000c" + "0000000000000a600001"),
        Bytes.ofHex(arp.replaceAll("1$", "2") + "02000000002b0a00000c" + "02000000002a0a600001"),
        http("GET / HTTP/1.1\r\nno colon\r\n\r\nbody").data());
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ko", "zh"})
  void whatIsNoNameOfAFieldIsSaidInTheUsersLanguage(String language) {
    List<String> words =
        List.of(
            "malformed",
            "end of options",
            "no operation",
            "SACK permitted",
            "echo reply",
            "who has",
            "is at",
            "Body",
            "Line: ");
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.of(language));
    try {
      String all =
          frames().stream()
              .flatMap(frame -> fields(frame).stream())
              .map(PacketNode::text)
              .collect(Collectors.joining("\n"));
      assertThat(words.stream().filter(all::contains))
          .hasSize(language.equals("en") ? words.size() : 0);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void malformedOptionsEndTheList() {
    byte[] frame =
        HexFormat.of()
            .parseHex(
                "02000000002a02000000002b0800"
                    + "4500002c00004000400600000a00000c0a600001"
                    + "b3b0005047b935d0000000006002faf0d59c0000"
                    + "0120ffff");
    List<PacketNode> tcp = PacketTree.of(Bytes.copyOf(frame)).getLast().children();
    assertThat(tcp)
        .extracting(PacketNode::text)
        .endsWith("Option: no operation", "Option: malformed");
    assertThat(tcp.getLast().to()).isEqualTo(frame.length);
  }
}
