// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tailwalk.app.KernelPrivilege;
import org.tailwalk.app.session.Lanes;

/** Ending what takes too long, with real programs; and that nothing of ours stays in the kernel. */
@Tag("window")
@Tag("kernel")
@ExtendWith(KernelPrivilege.class)
final class CancelWindowTest {
  private static final String LONG = "400000";

  @AutoClose private static WindowHarness window;

  @BeforeAll
  static void openWindow() throws Exception {
    Lanes lanes = Setups.kernel();
    window = WindowHarness.open(Setups.services(Setups.synthetic(), lanes));
  }

  @BeforeEach
  void openCapture() {
    window.show("40", 5, 0);
  }

  /** Programs and maps that this process holds. */
  private static long held() {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fdinfo"))) {
      return all.filter(CancelWindowTest::ofBpf).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean ofBpf(Path info) {
    try {
      return Files.readAllLines(info).stream()
          .anyMatch(
              l -> l.startsWith("prog_id:") || l.startsWith("map_id:") || l.startsWith("link_id:"));
    } catch (NoSuchFileException e) {
      return false; // closed meanwhile
    } catch (IOException e) {
      return false;
    }
  }

  private static void midway() {
    window.ui(() -> window.model().open(LONG, null, 1, 0));
    window.until("it is midway", () -> window.model().status().progressProperty().get() > 0);
  }

  private static void usable(long before) {
    window.until(
        "it has ended",
        () -> !window.model().status().working() && window.model().settledProperty().get());
    assertThat(window.ask(() -> window.stage().getTitle())).startsWith("40.pcap");
    assertThat(window.ask(() -> window.model().status().errorProperty().get())).isEmpty();
    window.until("the kernel is as it was", () -> held() == before);
    window.press(KeyCode.F8);
    window.until("the window goes on", () -> window.position().packet() == 6);
  }

  @Test
  void escapeEndsAReplayMidwayAndLeavesTheKernelClean() {
    long before = held();
    assertThat(before).as("the capture that is shown has its programs").isPositive();
    midway();
    window.press(KeyCode.ESCAPE);
    usable(before);
  }

  @Test
  void theStatusBarsButtonEndsAReplay() {
    long before = held();
    midway();
    window.click("Cancel");
    usable(before);
  }

  @Test
  void nothingStaysInTheKernelWhenTheWindowCloses() throws Exception {
    long before = held();
    WindowHarness other = WindowHarness.open(Setups.services(Setups.synthetic(), Setups.kernel()));
    try {
      other.show("12", 1, 0);
      assertThat(held()).isGreaterThan(before);
    } finally {
      other.close();
    }
    window.until("its programs are gone", () -> held() == before);
    window.ui(() -> window.stage().requestFocus());
  }

  @Test
  void aFaultInABackgroundJobIsToldAndTheWindowStays() {
    window.ui(() ->
        window
            .model()
            .work()
            .run(
                () -> {
                  throw new StackOverflowError("made for a test");
                },
                _ -> {},
                _ -> {}));
    window.until("the report is shown", () -> window.shows("Something went wrong in Tailwalk"));
    window.press(KeyCode.ESCAPE);
    window.until("it is away", () -> !window.shows("Something went wrong in Tailwalk"));
    window.until("nothing waits for it", () -> window.model().work().idle());
    window.press(KeyCode.F8);
    window.until("the window goes on", () -> window.position().packet() == 6);
  }
}
