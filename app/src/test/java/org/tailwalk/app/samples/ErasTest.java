// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.app.KernelPrivilege;
import org.tailwalk.app.TestObjects;
import org.tailwalk.bpf.engine.KernelReplayEngine;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.Verdict;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Era;

/** The table in the story of {@code samples/eras} (section 12.4 of the facts), row by row. */
@Tag("kernel")
@ExtendWith(KernelPrivilege.class)
class ErasTest {
  private static KernelReplayEngine kernel;

  @BeforeAll
  static void openKernel() {
    kernel = new KernelReplayEngine(TestObjects.bundled());
  }

  @AfterAll
  static void closeKernel() {
    kernel.close();
  }

  /** A row: a packet, and what the table says of it in each era. */
  record Row(int packet, String name, List<String> cells) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(SampleReplay.SAMPLES.resolve("eras/README.md"))) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 9 && cells[1].strip().matches("\\d+")) {
        rows.add(
            new Row(
                Integer.parseInt(cells[1].strip()),
                cells[2].strip(),
                List.of(cells).subList(3, 8).stream().map(String::strip).toList()));
      }
    }
    return rows;
  }

  private static final List<Era> ERAS =
      List.of(Era.SEED, Era.PR25426, Era.PR26115, Era.PR26118, Era.PR33551);
  private static final Map<Era, List<PacketReplay>> REPLAYED = new java.util.EnumMap<>(Era.class);

  private static List<PacketReplay> replayed(Era era) throws Exception {
    List<PacketReplay> known = REPLAYED.get(era);
    if (known == null) {
      DatapathSpec.Bundled source = new DatapathSpec.Bundled(era, DatapathSpec.Families.DUAL);
      known =
          SampleReplay.of(
              "eras",
              s -> s.withDatapath(new DatapathSpec(source, Map.of())).withModel(null),
              kernel);
      REPLAYED.put(era, known);
    }
    return known;
  }

  @Test
  void theTableHasElevenRows() throws IOException {
    assertThat(rows()).hasSize(11);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void bothLanesDoWhatTheRowSays(Row row) throws Exception {
    for (int i = 0; i < ERAS.size(); i++) {
      String cell = row.cells().get(i);
      PacketReplay packet = replayed(ERAS.get(i)).get(row.packet() - 1);
      int number = Integer.parseInt(cell.replaceAll("\\D", ""));
      for (var lane : List.of(packet.kernel(), packet.model())) {
        assertThat(lane).isNotNull();
        PathTrace trace = lane.trace();
        if (cell.endsWith("raw")) {
          assertThat(trace.verdict()).isInstanceOf(Verdict.PassedUnpoliced.class);
          assertThat(trace.returnCode()).as(ERAS.get(i).label()).isEqualTo(-number);
          assertThat(drops(trace)).isEmpty();
        } else {
          assertThat(trace.returnCode()).as(ERAS.get(i).label()).isEqualTo(2);
          assertThat(drops(trace)).as(ERAS.get(i).label()).containsExactly(number);
        }
      }
      assertThat(packet.divergence()).isNull();
    }
  }

  private static List<Integer> drops(PathTrace trace) {
    List<Integer> reasons = new ArrayList<>();
    for (PathEvent event : trace.events()) {
      if (event instanceof PathEvent.Notified(_, Notification.Drop drop)) {
        reasons.add(drop.reason());
      }
    }
    return reasons;
  }
}
