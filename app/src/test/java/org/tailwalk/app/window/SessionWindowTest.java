// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.FxThread;
import org.tailwalk.app.prefs.PreferenceStore;
import org.tailwalk.app.prefs.Preferences;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.Openings;

/** Sessions, recent files, preferences and taking back, in a real window by keyboard. */
@Tag("window")
final class SessionWindowTest {
  private static final Path SAMPLE = Path.of("..", "samples", "nobody-heard");

  @TempDir Path folder;
  private Path capture;
  private WindowHarness window;

  @BeforeEach
  void copySample() throws Exception {
    FxThread.needDisplay();
    capture = Files.copy(SAMPLE.resolve("capture.pcap"), folder.resolve("c.pcap"));
    Files.copy(SAMPLE.resolve("scenario.json"), folder.resolve("scenario.json"));
  }

  @AfterEach
  void closeWindow() {
    if (window != null) {
      window.close();
      window = null;
    }
  }

  /** The model in the kernel engine's place, or no kernel lane at all. */
  private void start(boolean kernel) throws Exception {
    Lanes lanes = kernel ? Setups.models() : Setups.modelAlone();
    window = WindowHarness.open(Setups.services(Openings::forWindow, lanes, folder));
  }

  private void open(Path file, int packet) {
    window.ui(() -> window.model().open(file.toString(), null, packet, 0));
    settled();
  }

  private void settled() {
    window.until("it is shown", () -> window.model().settledProperty().get());
  }

  private String title() {
    return window.ask(() -> window.stage().getTitle());
  }

  private Preferences preferences() {
    return PreferenceStore.in(folder.resolve("config")).get();
  }

  @Test
  void aSessionSavedByKeysOpensWithNoKernelLane() throws Exception {
    start(true);
    open(capture, 6);
    assertThat(title()).isEqualTo("c.pcap – Tailwalk");
    window.press(KeyCode.CONTROL, KeyCode.M);
    window.until("there is something to save", () -> window.stage().getTitle().startsWith("●"));
    window.press(KeyCode.CONTROL, KeyCode.S);
    window.picture("save-session");
    assertThat(window.ask(() -> ((TextField) window.stage().getScene().getFocusOwner()).getText()))
        .isEqualTo(folder.resolve("c.tailwalk").toString());
    window.press(KeyCode.ENTER);
    window.until("it is saved", () -> !window.stage().getTitle().startsWith("●"));
    closeWindow();

    start(false);
    open(folder.resolve("c.tailwalk"), 0);
    assertThat(window.ask(() -> window.model().scenario().kernelPillProperty().get()))
        .isEqualTo("Recorded on 6.18 · kernel lane");
    assertThat(window.ask(() -> window.model().status().ranProperty().get()))
        .contains("recorded on 6.18");
    assertThat(window.ask(() -> window.model().steps().kernelTitleProperty().get()))
        .isEqualTo("Kernel (recorded on 6.18)");
    assertThat(window.ask(() -> window.model().transport().positionProperty().get().packet()))
        .isEqualTo(6);
    assertThat(window.ask(() -> window.model().annotations().annotationsProperty().get().marks()))
        .containsExactly(6);
    assertThat(window.ask(() -> window.model().steps().kernelLaneProperty().get())).isTrue();
  }

  @Test
  void whatWasSaidAndNotSavedComesBackAndCanBeTakenBack() throws Exception {
    start(false);
    open(capture, 3);
    window.press(KeyCode.CONTROL, KeyCode.M);
    window.until("it is kept", () -> Files.isDirectory(folder.resolve("autosave")));
    window.until("the job is done", () -> window.model().work().idle());
    // The process dies: nothing is asked.
    closeWindow();

    start(false);
    open(capture, 3);
    assertThat(window.ask(() -> window.model().annotations().annotationsProperty().get().marks()))
        .containsExactly(3);
    assertThat(window.ask(() -> List.copyOf(window.model().status().warnings())))
        .anySatisfy(w -> assertThat(w).contains("were restored"));
    window.press(KeyCode.CONTROL, KeyCode.Z);
    assertThat(window.ask(() -> window.model().annotations().annotationsProperty().get().marks()))
        .isEmpty();
    window.press(KeyCode.CONTROL, KeyCode.Y);
    assertThat(window.ask(() -> window.model().annotations().annotationsProperty().get().marks()))
        .containsExactly(3);
  }

  @Test
  void closingAsksWhenSomethingWouldBeLost() throws Exception {
    start(false);
    open(capture, 2);
    window.press(KeyCode.CONTROL, KeyCode.M);
    window.ui(() ->
        window
            .stage()
            .fireEvent(new WindowEvent(window.stage(), WindowEvent.WINDOW_CLOSE_REQUEST)));
    assertThat(window.ask(() -> window.stage().isShowing())).isTrue();
    assertThat(window.ask(() -> window.shows("Not saved yet"))).isTrue();
    window.picture("unsaved");
    // Space is the button's, not the player's, and Tab stays inside the question.
    for (int i = 0; i < 7; i++) {
      window.press(KeyCode.TAB);
    }
    window.press(KeyCode.ESCAPE);
    assertThat(window.ask(() -> window.shows("Not saved yet"))).isFalse();
    assertThat(window.ask(() -> window.stage().isShowing())).isTrue();
  }

  @Test
  void layoutLookAndSizeAreRemembered() throws Exception {
    start(false);
    open(capture, 1);
    window.press(KeyCode.CONTROL, KeyCode.DIGIT3);
    window.press(KeyCode.CONTROL, KeyCode.EQUALS);
    window.press(KeyCode.CONTROL, KeyCode.EQUALS);
    window.press(KeyCode.CONTROL, KeyCode.ALT, KeyCode.L);
    window.press(KeyCode.CONTROL, KeyCode.ALT, KeyCode.P);
    window.picture("preferences-contrast-120");
    closeWindow();
    Preferences kept = preferences();
    assertThat(kept.theme()).isEqualTo(Preferences.Look.CONTRAST);
    assertThat(kept.scale()).isEqualTo(120);
    assertThat(kept.layout().hidden()).containsExactly("conntrack");
    assertThat(kept.recent()).containsExactly(capture.toAbsolutePath().normalize().toString());

    start(false);
    open(capture, 1);
    window.press(KeyCode.CONTROL, KeyCode.DIGIT3);
    window.press(KeyCode.CONTROL, KeyCode.DIGIT0);
    closeWindow();
    assertThat(preferences().layout().hidden()).isEmpty();
    assertThat(preferences().scale()).isEqualTo(100);
  }

  @Test
  void aDroppedScenarioIsReplayedAgainst() throws Exception {
    start(false);
    open(capture, 1);
    Path other = folder.resolve("other.json");
    Files.writeString(
        other,
        Files.readString(folder.resolve("scenario.json"))
            .replace("The drop nobody heard", "Another node"));
    window.ui(() -> window.window().dropped(other));
    window.until(
        "the scenario is another",
        () -> "Another node".equals(window.model().scenario().scenarioNameProperty().get()));
    settled();
  }

  @Test
  void aFaultOfOursEndsInAReportAndTheWindowStays() throws Exception {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(null);
    try {
      start(false);
      open(capture, 6);
      window.press(KeyCode.CONTROL, KeyCode.M);
      javafx.application.Platform.runLater(() -> {
        throw new IllegalStateException("made for a test");
      });
      window.until("the report is shown", () -> window.shows("Something went wrong in Tailwalk"));
      window.picture("fault");
      Path report;
      try (Stream<Path> files = Files.list(folder.resolve("reports"))) {
        report = files.findFirst().orElseThrow();
      }
      String text = Files.readString(report);
      assertThat(text)
          .contains("IllegalStateException: made for a test")
          .contains("packets.mark")
          .contains("datapath: bundled:seed")
          .contains("at org.tailwalk.app.window.SessionWindowTest")
          .doesNotContain("the packet shown")
          .doesNotContain(folder.toString());
      window.ui(() -> {
        CheckBox bytes = (CheckBox) window.stage().getScene().lookup("#fault-bytes");
        bytes.fire();
      });
      assertThat(Files.readString(report)).contains("the packet shown").contains("0800450000ee");
      window.press(KeyCode.ESCAPE);
      assertThat(window.ask(() -> window.shows("Something went wrong in Tailwalk"))).isFalse();
      window.press(KeyCode.F8);
      window.until(
          "the window goes on",
          () -> window.model().transport().positionProperty().get().packet() == 7);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }
}
