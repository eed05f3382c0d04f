// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tailwalk.app.KernelPrivilege;
import org.tailwalk.app.whatif.WhatIfResult;

/** What if, with real programs beside the model, in a real window. */
@Tag("window")
@Tag("kernel")
@ExtendWith(KernelPrivilege.class)
final class WhatIfWindowTest {
  @AutoClose private static WindowHarness window;

  @BeforeAll
  static void openWindow() throws Exception {
    window = WindowHarness.open(Setups.services(Setups.samples(), Setups.kernel()));
  }

  @BeforeEach
  void openThePage() {
    window.show("nobody-heard", 8, 0);
    window.press(KeyCode.CONTROL, KeyCode.E);
    window.until("something was found", () -> window.showsPart("port 8080 TCP to the policy"));
  }

  @org.junit.jupiter.api.AfterEach
  void closeThePage() {
    window.press(KeyCode.CONTROL, KeyCode.E);
    window.until("the page is away", () -> !window.shows("What lets it pass"));
  }

  /** What became of packet 8, once both lanes have answered. */
  private static WhatIfResult both() {
    ListView<WhatIfResult> results = window.find("Packets that fare otherwise");
    window.until(
        "both lanes have answered",
        () ->
            results.getItems().stream()
                .anyMatch(r -> r.packet() == 8 && r.kernel() != null && r.model() != null));
    return window.ask(
        () -> results.getItems().stream().filter(r -> r.packet() == 8).findFirst().orElseThrow());
  }

  private static void passes() {
    WhatIfResult result = both();
    assertThat(Objects.requireNonNull(result.kernel()).text())
        .isEqualTo("dropped: Policy denied → redirected to ifindex 12");
    assertThat(Objects.requireNonNull(result.model()).text()).isEqualTo(result.kernel().text());
  }

  @Test
  void theLeastChangeIsTakenFromThePaletteAndPassesInBothLanes() {
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.P);
    window.until("the palette has the keyboard", window::focusIsText);
    window.write("least change");
    window.press(KeyCode.ENTER);
    passes();
    window.picture("what-if-kernel");
  }

  @Test
  void aPolicyEntryLetsItPassInBothLanes() {
    window.fire("Policy", ".whatif");
    window.fire("Apply", ".whatif");
    passes();
  }

  @Test
  void aFieldOfThePacketIsAnotherInBothLanes() {
    TextField port = window.find("tcp.dstport");
    window.ui(() -> {
      port.requestFocus();
      port.selectAll();
    });
    window.write("8081");
    window.press(KeyCode.ENTER);
    window.until("it is told", () -> window.showsPart("tcp.dstport: 8080 becomes 8081"));
    WhatIfResult result = both();
    assertThat(Objects.requireNonNull(result.kernel()).text()).startsWith("dropped");
    assertThat(Objects.requireNonNull(result.model()).text()).isEqualTo(result.kernel().text());
  }

  @Test
  void conntrackIsFullInBothLanesThoughItHeldEntriesBefore() {
    window.fire("Fault", ".whatif");
    window.fire("Conntrack full", ".whatif");
    WhatIfResult result = both();
    assertThat(Objects.requireNonNull(result.kernel()).text()).startsWith("dropped");
    assertThat(Objects.requireNonNull(result.model()).text()).isEqualTo(result.kernel().text());
    ListView<WhatIfResult> results = window.find("Packets that fare otherwise");
    assertThat(window.ask(() -> java.util.List.copyOf(results.getItems())))
        .as("what came later and could not be entered")
        .filteredOn(r -> r.packet() == 11)
        .singleElement()
        .satisfies(r ->
            assertThat(Objects.requireNonNull(r.kernel()).text())
                .isEqualTo(Objects.requireNonNull(r.model()).text()));
  }

  @Test
  void anOptionAndAFaultActInBothLanes() {
    window.fire("Option", ".whatif");
    window.fire("debug", ".whatif");
    window.until("it is told", () -> window.showsPart("built with debug"));
    both();
    window.fire("Fault", ".whatif");
    window.fire("Buffer refuses", ".whatif");
    window.until("it is told", () -> window.showsPart("the conntrack buffer refuses"));
    WhatIfResult result = both();
    // The kernel's seed passes it raw and unheard; the model of the mended era drops it.
    assertThat(Objects.requireNonNull(result.kernel()).text())
        .endsWith("passes unpoliced on raw -184: Failed to update or lookup TC buffer");
    assertThat(Objects.requireNonNull(result.model()).text())
        .endsWith("dropped: Failed to update or lookup TC buffer");
  }
}
