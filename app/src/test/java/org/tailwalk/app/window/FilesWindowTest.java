// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.KernelPrivilege;
import org.tailwalk.app.session.Openings;
import org.tailwalk.scenario.ScenarioJson;

/**
 * Files that are dropped on the window with the mouse, and objects that come with sessions: in real
 * windows, with real programs.
 */
@Tag("window")
@Tag("kernel")
@ExtendWith(KernelPrivilege.class)
final class FilesWindowTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  @TempDir static Path folder;

  private static WindowHarness window;
  private static DragSource source;
  private static Path capture;
  private static Path object;

  @BeforeAll
  static void openWindow() throws Exception {
    capture = Files.copy(SAMPLES.resolve("nobody-heard/capture.pcap"), folder.resolve("c.pcap"));
    Path scenario =
        Files.copy(SAMPLES.resolve("nobody-heard/scenario.json"), folder.resolve("scenario.json"));
    Path compiled = Setups.bundled().file(ScenarioJson.read(scenario).kernelConfig());
    object = Files.copy(compiled, folder.resolve("own.o"));
    window =
        WindowHarness.open(
            Setups.services(Openings::forWindow, Setups.kernel(), folder.resolve("home")));
    source = new DragSource(window);
  }

  @AfterAll
  static void closeWindow() {
    if (window != null) {
      source.close();
      window.close();
    }
  }

  @BeforeEach
  void openAnotherCapture() {
    window.show("../samples/http/capture.pcap", 1, 0);
  }

  private static void drop(Path... files) {
    source.drop(500, 300, files);
  }

  private static void says(String part) {
    window.until(
        "it says " + part, () -> window.model().status().errorProperty().get().contains(part));
  }

  private static void title(String begin) {
    window.until(
        begin + " is open",
        () ->
            window.stage().getTitle().replace("● ", "").startsWith(begin)
                && window.model().settledProperty().get());
  }

  private static String datapath() {
    return window.ask(
        () -> window.model().focus().replay().orElseThrow().scenario().datapath().toString());
  }

  /** Nothing was lost by what could not be opened. */
  private static void httpIsStillThere() {
    assertThat(window.ask(() -> window.stage().getTitle())).startsWith("capture.pcap");
    assertThat(window.ask(() -> window.model().packets().tableProperty().get().size()))
        .isGreaterThan(5);
    assertThat(window.ask(() -> window.stage().isShowing())).isTrue();
  }

  @Test
  void aDroppedCaptureIsOpened() {
    drop(capture);
    title("c.pcap");
    assertThat(window.ask(() -> window.model().packets().tableProperty().get().size()))
        .isEqualTo(20);
  }

  @Test
  void aDroppedScenarioAndObjectAreReplayedAgainst() throws Exception {
    drop(capture);
    title("c.pcap");
    Path other = folder.resolve("other.json");
    Files.writeString(
        other,
        Files.readString(folder.resolve("scenario.json"))
            .replace("The drop nobody heard", "Another node"));
    drop(other);
    window.until(
        "the scenario is another",
        () -> "Another node".equals(window.model().scenario().scenarioNameProperty().get()));
    title("c.pcap");
    drop(object);
    window.until(
        "the object runs",
        () ->
            window.model().settledProperty().get()
                && window
                    .model()
                    .focus()
                    .replay()
                    .filter(r -> r.scenario().datapath().toString().endsWith("own.o"))
                    .isPresent());
    assertThat(window.ask(() -> window.model().steps().kernelLaneProperty().get())).isTrue();
  }

  @Test
  void whatIsDroppedAndCanNotBeOpenedIsSaidAndTheWindowStays() throws Exception {
    drop(capture, folder.resolve("scenario.json"));
    says("2 files were dropped");
    httpIsStillThere();
    drop(Files.writeString(folder.resolve("letter.txt"), "Dear Sir or Madam,\n".repeat(20)));
    says("letter.txt");
    window.picture("drop-unknown");
    httpIsStillThere();
    drop(Files.writeString(folder.resolve("broken.o"), "no ELF"));
    says("broken.o");
    httpIsStillThere();
    drop(Files.writeString(folder.resolve("broken.json"), "{\"version\": 1, \"no\": 2}"));
    says("broken.json");
    httpIsStillThere();
    drop(Files.writeString(folder.resolve("broken.tailwalk"), "PK no zip"));
    says("broken.tailwalk");
    httpIsStillThere();
    drop(Files.createDirectories(folder.resolve("empty")));
    window.until("there is no lesson", () -> window.showsPart("no lesson.md in it"));
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.L);
    httpIsStillThere();
  }

  @Test
  void aDroppedLessonIsOpenedByItsFileAndByItsFolder() {
    drop(SAMPLES.resolve("lessons/related/lesson.md"));
    window.until("the lesson begins", () -> window.shows("Related: the errors of others"));
    drop(SAMPLES.resolve("lessons/expired"));
    window.until(
        "the other one begins",
        () -> window.showsPart("Expired, still matching") && window.shows("What you will know"));
    window.picture("drop-lesson");
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.L);
  }

  @Test
  void anObjectInsideASessionIsLoadedWhenTheUserSaysSoAndNotBefore() throws Exception {
    drop(capture);
    title("c.pcap");
    drop(object);
    window.until("the object runs", () -> ran("own.o"));
    window.press(KeyCode.CONTROL, KeyCode.S);
    window.until(
        "where to is asked",
        () ->
            window.shows("put copies of the capture (2341 bytes) and of the object file into it"));
    window.press(KeyCode.TAB);
    window.press(KeyCode.TAB);
    window.press(KeyCode.SPACE);
    window.picture("save-with-object");
    window.press(KeyCode.TAB);
    window.press(KeyCode.TAB);
    window.press(KeyCode.SPACE);
    Path session = folder.resolve("c.tailwalk");
    window.until("it is saved", () -> Files.exists(session));
    try (ZipFile zip = new ZipFile(session.toFile())) {
      assertThat(zip.getInputStream(zip.getEntry("object")))
          .hasBinaryContent(Files.readAllBytes(object));
      assertThat(zip.getEntry("capture")).isNotNull();
    }
    Files.delete(object);

    window.show("../samples/http/capture.pcap", 1, 0);
    drop(session);
    title("c.tailwalk");
    window.picture("session-guarded");
    assertThat(copies()).as("nothing is taken out before it is allowed").isEmpty();
    assertThat(window.ask(() -> window.model().scenario().kernelPillProperty().get()))
        .startsWith("Recorded on");

    ask();
    window.until("the object is told", () -> window.showsPart("own.o ·"));
    window.picture("session-object");
    window.press(KeyCode.ESCAPE);
    window.until("no is no", () -> !window.shows("Load the session's object?"));
    assertThat(copies()).isEmpty();
    assertThat(window.ask(() -> window.model().scenario().kernelPillProperty().get()))
        .startsWith("Recorded on");

    ask();
    window.click("Load it");
    window.until(
        "it runs",
        () -> ran(".o") && window.model().focus().replay().orElseThrow().recordedOn().isEmpty());
    assertThat(copies()).hasSize(1);
    assertThat(window.ask(() -> window.model().steps().kernelLaneProperty().get())).isTrue();
    assertThat(window.ask(() -> window.model().packets().aboutProperty().get()))
        .contains("1 unheard");
    Files.copy(copies().getFirst(), object);
  }

  private static void ask() {
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.P);
    window.until("the palette has the keyboard", window::focusIsText);
    window.write("load the session");
    window.screen("palette-object");
    window.press(KeyCode.ENTER);
    window.until("it is asked", () -> window.shows("Load the session's object?"));
  }

  private static boolean ran(String end) {
    return window.model().settledProperty().get()
        && window
            .model()
            .focus()
            .replay()
            .filter(r -> r.scenario().datapath().toString().endsWith(end))
            .isPresent();
  }

  private static List<Path> copies() throws Exception {
    Path objects = folder.resolve("home/objects");
    if (!Files.exists(objects)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(objects)) {
      return all.toList();
    }
  }
}
