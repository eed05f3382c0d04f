// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page about the loaded object, opened by its key. */
@Tag("window")
final class ObjectPageTest {
  @Test
  void tellsOfTheObjectWhenItIsOpened() throws Exception {
    WindowHarness window =
        WindowHarness.open(Setups.withObjects(Setups.synthetic(), Setups.fakes()));
    try {
      window.show("12", 1, 0);
      window.press(KeyCode.ALT, KeyCode.O);
      window.until("the page has a list", () -> window.shows("Object"));
      ListView<?> lines = window.find("Object");
      window.until("the object is read", () -> lines.getItems().size() > 20);
      List<String> all =
          window.ask(() -> List.copyOf(lines.getItems())).stream().map(String::valueOf).toList();
      assertThat(all).anySatisfy(l -> assertThat(l).contains("PIN_GLOBAL_NS"));
      assertThat(window.outside()).isEmpty();
      window.picture("object");
    } finally {
      window.close();
    }
  }
}
