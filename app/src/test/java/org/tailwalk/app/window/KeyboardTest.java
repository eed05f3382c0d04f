// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.action.Action;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.scenario.Era;

/** Everything can be reached without a mouse. */
class KeyboardTest {
  private static final int MOST_STOPS = 150;

  @Test
  void tabGoesThroughAllPanesAndEveryPageHasAKey() throws Exception {
    boolean display = System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
    boolean demanded = "true".equals(System.getenv("CI"));
    assumeTrue(display || demanded, "no display: ./tailwalk test runs these tests under Xvfb");
    Lanes lanes =
        new Lanes(
            _ -> new FakeEngine("kernel", true), "", "Kernel 6.18", new FakeEngine("model", false));
    WindowHarness window =
        WindowHarness.open(
            new AppServices((_, _, _) -> Synthetic.capture(40), lanes, List.of(Era.SEED)));
    try {
      window.ui(() -> window.model().open("40", null, 1, 0));
      window.until("the capture is shown", () -> window.model().settledProperty().get());
      Set<Node> stops = new LinkedHashSet<>();
      Node first = null;
      for (int i = 0; i < MOST_STOPS; i++) {
        window.press(KeyCode.TAB);
        Node stop = window.ask(() -> window.stage().getScene().getFocusOwner());
        if (first == null) {
          first = stop;
        } else if (stop == first) {
          break;
        }
        stops.add(stop);
      }
      List<String> tables =
          window.ask(() ->
              stops.stream()
                  .filter(n -> n instanceof TableView<?>)
                  .map(Node::getAccessibleText)
                  .toList());
      assertThat(tables).contains("Packets", "Steps");
      assertThat(stops.size()).isBetween(15, MOST_STOPS - 1);
      List<String> nameless = new ArrayList<>();
      window.ui(() -> {
        for (Node stop : stops) {
          boolean named =
              stop.getAccessibleText() != null
                  || stop instanceof Labeled l && l.getText() != null && !l.getText().isBlank()
                  || stop instanceof Labeled m && m.getTooltip() != null;
          if (stop instanceof ButtonBase && !named) {
            nameless.add(stop.toString());
          }
        }
      });
      assertThat(nameless).as("buttons that say nothing to a screen reader").isEmpty();
      List<String> mouseOnly =
          window.window().actions().all().stream()
              .filter(a -> a.id().endsWith(".show") && a.keys().isEmpty())
              .map(Action::id)
              .toList();
      assertThat(mouseOnly).as("pages without a key").isEmpty();
    } finally {
      window.close();
    }
  }
}
