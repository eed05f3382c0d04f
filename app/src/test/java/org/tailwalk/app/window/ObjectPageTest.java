// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.platform.UserFolders;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.bpf.engine.BundledObjects;
import org.tailwalk.bpf.engine.ObjectInspection;
import org.tailwalk.scenario.Era;

/** The page about the loaded object, opened by its key. */
@Tag("window")
final class ObjectPageTest {
  @Test
  void tellsOfTheObjectWhenItIsOpened() throws Exception {
    BundledObjects objects = new BundledObjects(UserFolders.cache(), "clang");
    Lanes lanes =
        new Lanes(
            _ -> new FakeEngine("kernel", true), "", "Kernel 6.18", new FakeEngine("model", false));
    WindowHarness window =
        WindowHarness.open(
            new AppServices(
                (_, _, _) -> Synthetic.capture(12),
                lanes,
                List.of(Era.SEED),
                (_, config) -> ObjectInspection.of(objects.object(config))));
    try {
      window.ui(() -> window.model().open("12", null, 1, 0));
      window.until("the capture is shown", () -> window.model().settledProperty().get());
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
