// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.TreeItem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.FxThread;
import org.tailwalk.app.inspector.InspectorViewModel.Span;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.replay.PacketReplay;

/** What is selected in the packet tree, from packet to packet. */
@Tag("window")
final class TreePaneTest {
  private static final String FIELD = "eth.dst";

  @BeforeAll
  static void startJavaFx() {
    FxThread.start();
  }

  /** Packets that got another receiver, which is told behind another number of layers each. */
  private static List<PacketReplay> ofDifferentDepth() throws Exception {
    InspectorViewModel model = new InspectorViewModel(Work.here());
    List<PacketReplay> found = new ArrayList<>();
    int depth = 0;
    for (PacketReplay packet : InspectorViewModelTest.packets("services")) {
      model.show(packet);
      List<PacketNode> tree = model.contentProperty().get().tree();
      boolean told =
          tree.getLast().children().stream().anyMatch(field -> field.name().equals(FIELD));
      if (told && tree.size() != depth) {
        depth = tree.size();
        found.add(packet);
      }
    }
    assertThat(found).as("a test of nothing proves nothing").hasSizeGreaterThan(1);
    return found;
  }

  @Test
  void aFieldStaysSelectedWhereItStandsAtAnotherPlace() throws Exception {
    List<PacketReplay> packets = ofDifferentDepth();
    FxThread.run(() -> {
      InspectorViewModel model = new InspectorViewModel(Work.here());
      TreePane tree = new TreePane(model);
      model.show(packets.getFirst());
      tree.getRoot().getChildren().getLast().getChildren().stream()
          .filter(item -> item.getValue().name().equals(FIELD))
          .forEach(tree.getSelectionModel()::select);
      Span marked = model.markedProperty().get();
      assertThat(marked).isNotEqualTo(Span.NONE);
      for (PacketReplay packet : packets.subList(1, packets.size())) {
        model.show(packet);
        TreeItem<PacketNode> last = tree.getRoot().getChildren().getLast();
        TreeItem<PacketNode> now = tree.getSelectionModel().getSelectedItem();
        assertThat(now).isNotNull();
        assertThat(now.getParent()).isSameAs(last);
        assertThat(now.getValue().name()).isEqualTo(FIELD);
        assertThat(model.markedProperty().get().from()).isEqualTo(now.getValue().from());
      }
    });
  }
}
