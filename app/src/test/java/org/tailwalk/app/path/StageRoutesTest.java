// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.path.StageLayout.Box;
import org.tailwalk.app.session.file.SessionFile;
import org.tailwalk.replay.recording.RecordedLane;

/** On the stages of all samples no way runs through what is not its own. */
final class StageRoutesTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  /** The stages that the samples' recordings open, as they come up and with all programs. */
  private static Set<PathGraph> stages() throws Exception {
    Set<PathGraph> stages = new LinkedHashSet<>();
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      for (Path file : files.filter(f -> f.endsWith("recording.tailwalk")).sorted().toList()) {
        try (SessionFile session = SessionFile.open(file)) {
          for (RecordedLane lane : session.lanes()) {
            stages.add(PathGraph.of(lane.graph(), "pod “web”", Set.of(), false));
            stages.add(PathGraph.of(lane.graph(), "pod “web”", Set.of(), true));
          }
        }
      }
    }
    assertThat(stages).hasSizeGreaterThan(1);
    return stages;
  }

  private static Map<String, Track> ways(StageLayout layout) {
    Map<String, Track> ways = new HashMap<>(layout.taken());
    ways.putAll(layout.tracks());
    return ways;
  }

  @Test
  void noWayRunsThroughANodeThatIsNotItsEnd() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (PathGraph graph : stages()) {
      StageLayout layout = new StageLayouter().layout(graph);
      ways(layout)
          .forEach((key, way) ->
              layout
                  .nodes()
                  .forEach((node, box) -> {
                    if (!List.of(key.split(">")).contains(node) && way.crosses(box)) {
                      wrong.add(key + " runs through " + node);
                    }
                  }));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void noWayRunsThroughALabel() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (PathGraph graph : stages()) {
      StageLayout layout = new StageLayouter().layout(graph);
      Map<String, Box> words = new HashMap<>(layout.labels());
      graph
          .groups()
          .forEach(
              group -> words.put(group.id(), Labels.title(group, layout.groups().get(group.id()))));
      ways(layout)
          .forEach((key, way) ->
              words.forEach((label, box) -> {
                if (way.crosses(box)) {
                  wrong.add(key + " runs through the words of " + label);
                }
              }));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void labelsStandOnNoNodeAndOnNoOtherLabel() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (PathGraph graph : stages()) {
      StageLayout layout = new StageLayouter().layout(graph);
      Map<String, Box> boxes = new HashMap<>(layout.nodes());
      boxes.putAll(layout.labels());
      layout
          .labels()
          .forEach((label, a) ->
              boxes.forEach((other, b) -> {
                if (!other.equals(label)
                    && a.x() < b.right()
                    && b.x() < a.right()
                    && a.y() < b.bottom()
                    && b.y() < a.bottom()) {
                  wrong.add(label + " lies on " + other);
                }
              }));
    }
    assertThat(wrong).isEmpty();
  }
}
