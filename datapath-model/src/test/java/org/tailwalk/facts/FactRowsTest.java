// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.vector.VectorException;
import org.tailwalk.vector.VectorFile;
import org.tailwalk.vector.VectorFiles;
import org.tailwalk.vector.VectorSession;
import org.tailwalk.vector.Verifier;

/**
 * Every row of the facts' tables that the bundled datapath doesn't leave out, as a test named after
 * it: recorded packets witness the row, and the model does with them what Cilium's programs did.
 * The kernel lane answers to the same recordings in the bpf module. {@code docs/fact-rows.md} lists
 * the rows; {@code -Dtailwalk.updateGoldens=true} writes it.
 */
class FactRowsTest {
  private static final Path PAGE = Path.of("..", "docs", "fact-rows.md");
  private static final List<String> FILES =
      List.of(
          "fact-12",
          "fact-13",
          "tcp",
          "udp-icmp",
          "headers",
          "services",
          "policy-identity",
          "truncated");

  /** How many rows each table has here: one that is lost is missed. */
  private static final Map<String, Integer> TABLES = tables();

  private static final Map<String, Verifier.Result> RAN = new HashMap<>();

  private static Map<String, Integer> tables() {
    Map<String, Integer> rows = new LinkedHashMap<>();
    rows.put("1.4", 52);
    rows.put("3.3", 18);
    rows.put("3.4", 13);
    rows.put("3.5", 5);
    rows.put("3.6", 10);
    rows.put("4.2", 13);
    rows.put("6.5", 9);
    rows.put("12.2", 31);
    rows.put("12.4", 58);
    rows.put("13", 26);
    return rows;
  }

  private static final class Recordings {
    static final Map<String, VectorSession> SESSIONS = new HashMap<>();
    static final List<Recorded> ALL = read();

    private static List<Recorded> read() {
      List<Recorded> packets = new ArrayList<>();
      try {
        for (String file : FILES) {
          for (VectorSession session : VectorFile.read(VectorFiles.file(file))) {
            SESSIONS.put(session.id(), session);
          }
          for (JsonObject session : VectorFile.documents(VectorFiles.file(file))) {
            for (JsonElement step : session.getAsJsonArray("steps")) {
              if (step.getAsJsonObject().has("result")) {
                packets.add(new Recorded(session, step.getAsJsonObject()));
              }
            }
          }
        }
      } catch (VectorException e) {
        throw new LinkageError("the vectors can't be read", e);
      }
      return packets;
    }
  }

  static List<FactRow> rows() {
    return Stream.of(EdgeRows.rows(), ConntrackRows.rows(), PolicyRows.rows(), IssueRows.rows())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Recorded> witnesses(FactRow row) {
    return Recordings.ALL.stream().filter(row.witness()).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void row(FactRow row) throws ReplayException {
    FactRow.Check check = row.check();
    if (check != null) {
      check.run();
      return;
    }
    List<Recorded> witnesses = witnesses(row);
    assertThat(witnesses).as("recorded packets that witness the row").isNotEmpty();
    String shortest =
        witnesses.stream()
            .min(Comparator.comparingInt(Recorded::sessionLength))
            .map(Recorded::session)
            .orElseThrow();
    if (!RAN.containsKey(shortest)) {
      try (Verifier verifier = new Verifier(new ModelReplayEngine(), List.of())) {
        VectorSession session = Recordings.SESSIONS.get(shortest);
        verifier.run(List.of(session), result -> RAN.put(shortest, result));
      }
    }
    assertThat(RAN.get(shortest)).isInstanceOf(Verifier.Passed.class);
  }

  @Test
  void noRowIsLost() {
    Map<String, Integer> found = new LinkedHashMap<>();
    for (FactRow row : rows()) {
      found.merge(row.section().replaceAll("^13.*", "13"), 1, Integer::sum);
    }
    assertThat(found).isEqualTo(TABLES);
    assertThat(rows().stream().map(FactRow::toString)).doesNotHaveDuplicates();
  }

  @Test
  void thePageListsThem() throws IOException {
    String page = page();
    if (Boolean.getBoolean("tailwalk.updateGoldens")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  private static String page() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # The rows of the facts, and the tests that stand for them

        Made by `FactRowsTest` (datapath-model), which has a test named after each row: packets recorded from Cilium's own programs witness it, and the
        model does with their sessions, field by field, what those programs did. The bundled programs run the same sessions in the kernel
        (`RecordedVectorsTest`, and all of them with `./tailwalk verify --engine both`). Rows that are left out are those of NodePort, tunnels, egress gateway
        and the other parts that the bundled datapath leaves out. L7 load balancing egress is one of them: the row "handle_policy_egress: −166, −139, −140 told"
        of table 12.2 is therefore not here; of its programs only those rows are that the recordings of `fact-12.2-l7lb` happen to witness.

        | section | row | recorded witnesses | one of them |
        |---|---|---|---|
        """);
    for (FactRow row : rows()) {
      List<Recorded> witnesses = witnesses(row);
      page.append(
          "| %s | %s | %d | %s |\n"
              .formatted(
                  row.section(),
                  row.name(),
                  witnesses.size(),
                  witnesses.isEmpty() ? row.remark() : "`" + witnesses.getFirst().session() + "`"));
    }
    return page.toString();
  }
}
