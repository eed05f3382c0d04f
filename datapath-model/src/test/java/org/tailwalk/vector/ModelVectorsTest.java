// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.vector;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.engine.EngineUnavailableException;

/** The model against what real programs did. */
final class ModelVectorsTest {
  @TempDir Path folder;

  private static List<Verifier.Result> run(List<VectorSession> sessions)
      throws EngineUnavailableException {
    List<Verifier.Result> results = new ArrayList<>();
    try (Verifier verifier = new Verifier(new ModelReplayEngine(), Gap.ALL)) {
      verifier.run(sessions, results::add);
    }
    return results;
  }

  @ParameterizedTest
  @CsvSource({
    "fact-12, 97, 6881",
    "fact-13, 12, 92",
    "tcp, 106, 1728",
    "udp-icmp, 42, 1661",
    "truncated, 8, 1656",
    "headers, 13, 662",
    "services, 8, 224",
    "policy-identity, 16, 470",
    "random, 88, 4132",
  })
  void modelDoesWhatThePrograms(String file, int sessions, int packets) throws Exception {
    List<VectorSession> read = VectorFile.read(VectorFiles.file(file));
    assertThat(run(read))
        .hasSize(sessions)
        .allSatisfy(result -> assertThat(result).isInstanceOf(Verifier.Passed.class));
    assertThat(read.stream().mapToLong(VectorSession::packets).sum()).isEqualTo(packets);
  }

  record Lie(String row, Consumer<JsonObject> tell) {
    @Override
    public String toString() {
      return row;
    }
  }

  private static JsonObject first(JsonObject result, String name) {
    return result.getAsJsonArray(name).get(0).getAsJsonObject();
  }

  static Stream<Lie> lies() {
    return Stream.of(
        new Lie("ret", r -> r.addProperty("ret", 0)),
        new Lie("frame", r -> r.remove("frame")),
        new Lie("mark", r -> r.addProperty("mark", 1)),
        new Lie("cb[1]", r -> r.getAsJsonArray("cb").set(1, r.get("mark"))),
        new Lie("path[6]", r -> r.getAsJsonArray("path").remove(6)),
        new Lie("redirect", r -> r.getAsJsonObject("redirect").addProperty("flags", 1)),
        new Lie("event[0]", r -> r.getAsJsonArray("events").remove(0)),
        new Lie("ct ct_tcp4", r -> r.add("ct", new JsonArray())),
        new Lie("ct ct_tcp4", r -> flip(first(r, "ct"), "after", 32)),
        new Lie("metric 0 ingress", r -> first(r, "metrics").addProperty("bytes", 55)),
        new Lie("policy 100 egress", r -> first(r, "policy").addProperty("packets", 2)),
        new Lie("ct_buffer 100 v4", r -> flip(first(r, "ct_buffer"), "value", 44)),
        new Lie("pkt_type", r -> r.addProperty("pkt_type", 0)),
        new Lie("tc_index", r -> r.addProperty("tc_index", 1)),
        new Lie(
            "tail miss[0]",
            r ->
                r.add(
                    "tail_misses",
                    JsonParser.parseString(
                        "[{\"in\": \"100:2/7\", \"map\": \"calls\", \"slot\": 1}]"))));
  }

  private static void flip(JsonObject object, String name, int at) {
    byte[] bytes = java.util.HexFormat.of().parseHex(object.get(name).getAsString());
    bytes[at] ^= 1;
    object.addProperty(name, java.util.HexFormat.of().formatHex(bytes));
  }

  @ParameterizedTest
  @MethodSource("lies")
  void everyFieldIsCompared(Lie lie) throws Exception {
    JsonObject session = JsonParser.parseString(worked()).getAsJsonObject();
    lie.tell.accept(
        session.getAsJsonArray("steps").get(0).getAsJsonObject().getAsJsonObject("result"));
    Path file = Files.writeString(folder.resolve("lie.jsonl"), session.toString());
    assertThat(run(VectorFile.read(file)))
        .singleElement()
        .isInstanceOfSatisfying(
            Verifier.Differs.class,
            differs -> {
              assertThat(differs.step()).isEqualTo(1);
              assertThat(differs.differences())
                  .anySatisfy(d -> assertThat(d.row()).startsWith(lie.row));
            });
  }

  /** The session that begins with a SYN from pod to pod. */
  private static String worked() throws IOException {
    Path file =
        VectorFiles.all().stream()
            .filter(f -> f.endsWith("tcp.jsonl.gz"))
            .findFirst()
            .orElseThrow();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.readLine();
    }
  }
}
