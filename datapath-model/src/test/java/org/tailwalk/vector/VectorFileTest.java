// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.engine.MapOp;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Era;

final class VectorFileTest {
  private static final long SEED = 7;

  @TempDir Path folder;

  @Test
  void everySessionIsRead() throws VectorException {
    List<VectorSession> sessions = VectorFiles.sessions();
    assertThat(sessions).hasSize(390);
    assertThat(sessions.stream().mapToLong(VectorSession::packets).sum()).isEqualTo(17_506);
    assertThat(sessions.stream().mapToLong(s -> s.steps().size()).sum()).isEqualTo(17_506 + 1242);
    assertThat(sessions).filteredOn(s -> s.config().era() == Era.SEED).hasSize(294);
    assertThat(sessions).map(VectorSession::id).doesNotHaveDuplicates();
  }

  @Test
  void aSessionIsTranslatedWhole() throws VectorException {
    VectorSession session =
        VectorFiles.sessions().stream()
            .filter(s -> s.id().equals("tcp-full-v4-local"))
            .findFirst()
            .orElseThrow();
    assertThat(session.config().dual()).isTrue();
    assertThat(session.config().perPacketLb()).isTrue();
    assertThat(session.config().has(DatapathOption.CONNTRACK_ACCOUNTING)).isTrue();
    assertThat(session.config().constants().ctReportFlags()).isEqualTo(255);
    assertThat(session.unknownOptions()).isEmpty();
    assertThat(session.endpoints()).hasSize(2);
    assertThat(session.state())
        .anySatisfy(op -> {
          MapOp.Put put = (MapOp.Put) op;
          assertThat(put.map()).isEqualTo(MapRef.of(MapRole.POLICY, 200));
          assertThat(put.key()).isEqualTo(new MapKey.PolicyKey(1000, 80, 6, false));
        });
    VectorSession.Packet syn = (VectorSession.Packet) session.steps().getFirst();
    assertThat(syn.injection().timeNanos()).isEqualTo(1_000_100_000_000L);
    assertThat(syn.injection().context().packetType()).isEqualTo(3);
    assertThat(syn.recorded().rows())
        .contains(
            "path[6]",
            "ret",
            "redirect",
            "event[3]",
            "metric 0 egress",
            "policy 100 egress identity=2000 port=80 proto=6",
            "ct_buffer 200 v4");
    assertThat(syn.recorded().differences(syn.recorded())).isEmpty();
  }

  record Bad(String title, String content, String message) {
    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Bad> bad() {
    return Stream.of(
        new Bad("empty", "\n\n", "it holds no sessions"),
        new Bad("no JSON", "{\n", ":1: not JSON"),
        new Bad("no object", "[]\n", ":1: $: an object is expected"),
        new Bad("nothing in it", "\n{}\n", ":2: $: \"config\" is missing"),
        new Bad(
            "wrong type",
            "{\"config\": {\"options\": {\"DEBUG\": 1}}}",
            ":1: $.config.options.DEBUG: true or false is expected, not 1"),
        new Bad(
            "unknown era",
            "{\"era\": \"x\", \"config\": {\"options\": {}}}",
            ":1: $.era: an era is expected, not \"x\""));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void wrongFilesAreRefusedWithLineAndPlace(Bad row) throws IOException {
    Path file = Files.writeString(folder.resolve("x.jsonl"), row.content);
    assertThatThrownBy(() -> VectorFile.read(file))
        .isInstanceOf(VectorException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(row.message);
  }

  @Test
  void missingFileIsNamed() {
    assertThatThrownBy(() -> VectorFile.read(folder.resolve("none")))
        .hasMessage("read vectors: " + folder.resolve("none") + ": no such file");
  }

  @Test
  void mutatedSessionsGiveASessionOrADocumentedError() throws IOException {
    String line = firstLine(VectorFiles.all().getFirst());
    Random random = new Random(SEED);
    Path file = folder.resolve("fuzz.jsonl");
    for (int round = 0; round < 500; round++) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      for (int edits = random.nextInt(3); edits >= 0; edits--) {
        bytes[random.nextInt(bytes.length)] = (byte) (' ' + random.nextInt(95));
      }
      Files.write(file, bytes);
      try {
        VectorFile.read(file);
      } catch (VectorException e) {
        // A documented error is a right answer.
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + SEED + ", round " + round, e);
      }
    }
  }

  private static String firstLine(Path file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.readLine();
    }
  }
}
