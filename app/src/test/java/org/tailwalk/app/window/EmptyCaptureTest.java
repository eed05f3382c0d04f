// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.control.TabPane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A capture without packets is open all the same: nobody asks for one. */
final class EmptyCaptureTest {
  private WindowHarness window;

  @BeforeEach
  void openWindow() throws Exception {
    window = WindowHarness.open(Setups.services(Setups.synthetic(), Setups.fakes()));
    window.show("20", 9, 0);
    window.show("0", 0, 0);
  }

  @AfterEach
  void closeWindow() {
    window.close();
  }

  /** What can be read in the tab in front; the panes beside it say the same. */
  private List<String> inTab() {
    TabPane tabs = window.find("Inspector");
    return window.textsIn(
        window.ask(() -> tabs.getSelectionModel().getSelectedItem().getContent()));
  }

  @Test
  void theStatusBarSaysNothingOfThePacketBefore() {
    assertThat(window.texts()).noneMatch(text -> text.contains("captured at"));
    window.show("20", 9, 0);
    assertThat(window.texts()).anyMatch(text -> text.contains("captured at"));
  }

  @Test
  void nobodyAsksForOne() {
    for (String tab : List.of("packet", "notification", "maps", "source", "policy")) {
      window.ui(() -> window.window().showTab(tab));
      assertThat(window.texts()).as(tab).noneMatch(text -> text.startsWith("Open a capture"));
      assertThat(inTab()).as(tab).contains("This capture holds no packets.");
    }
    for (String page : List.of("why.show", "what-if.show", "object.show")) {
      window.ui(() -> window.window().actions().find(page).orElseThrow().run().run());
      assertThat(window.texts()).as(page).noneMatch(text -> text.startsWith("Open a capture"));
    }
  }
}
