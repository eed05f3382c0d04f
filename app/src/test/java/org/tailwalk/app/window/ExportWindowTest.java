// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.control.ChoiceBox;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.KernelPrivilege;
import org.tailwalk.app.MountedDisk;
import org.tailwalk.app.session.Openings;

/** Pages and animations, by their dialogs and the desktop's, to files that are read again. */
@Tag("window")
@Tag("kernel")
@ExtendWith(KernelPrivilege.class)
final class ExportWindowTest {
  private static final Path SAMPLE = Path.of("..", "samples", "nobody-heard");

  @TempDir static Path folder;

  @AutoClose private static WindowHarness window;
  private static NativeDialog dialog;

  @BeforeAll
  static void openWindow() throws Exception {
    Files.copy(SAMPLE.resolve("capture.pcap"), folder.resolve("c.pcap"));
    Files.copy(SAMPLE.resolve("scenario.json"), folder.resolve("scenario.json"));
    window = WindowHarness.open(Setups.services(Openings::forWindow, Setups.modelAlone()));
    dialog = new NativeDialog(window);
  }

  @BeforeEach
  void openCapture() {
    window.show(folder.resolve("c.pcap").toString(), 8, 0);
  }

  private static void idle() {
    window.until(
        "nothing is being done",
        () -> !window.model().status().working() && window.model().work().idle());
  }

  private static String error() {
    return window.model().status().errorProperty().get();
  }

  private static List<String> names(Path of) throws IOException {
    try (Stream<Path> all = Files.list(of)) {
      return all.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theReportIsWrittenWhereItsDialogSays() throws Exception {
    Path page = folder.resolve("page.html");
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.E);
    dialog.cancel("Export as a page");
    assertThat(page).doesNotExist();
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.E);
    dialog.save("Export as a page", page);
    window.until("it is there", () -> Files.exists(page));
    idle();
    assertThat(Files.readString(page))
        .startsWith("<!DOCTYPE html>")
        .contains("The drop nobody heard")
        .contains("Policy denied")
        .endsWith("</html>\n");
  }

  /** Opens the dialog, chooses something short and small and agrees. */
  private static void order(String format) {
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.G);
    window.until("the dialog is there", () -> asking() != null);
    choose("Format", format);
    choose("Size in pixels", "640x360");
    choose("Speed", "4×");
    window.screen("export-dialog");
    window.click("Export…", window.ask(ExportWindowTest::asking));
  }

  private static Window asking() {
    return Window.getWindows().stream()
        .filter(w -> w instanceof Stage s && "Export the animation".equals(s.getTitle()))
        .findFirst()
        .orElse(null);
  }

  @SuppressWarnings("unchecked")
  private static void choose(String chooser, String value) {
    window.ui(() ->
        asking().getScene().getRoot().lookupAll(".choice-box").stream()
            .filter(n -> chooser.equals(n.getAccessibleText()))
            .forEach(n -> ((ChoiceBox<String>) n).setValue(value)));
  }

  @Test
  void anAnimationIsExportedAsGif() throws Exception {
    Path gif = folder.resolve("film.gif");
    order("Animated GIF");
    dialog.save("Write the animation to", folder.resolve("film"));
    window.until("it is there", () -> Files.exists(gif));
    idle();
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(gif.toFile())) {
      reader.setInput(in);
      assertThat(reader.getWidth(0)).isEqualTo(640);
      assertThat(reader.getHeight(0)).isEqualTo(360);
      assertThat(reader.getNumImages(true)).as("it moves").isGreaterThan(2);
    }
    assertThat(window.ask(() -> window.showsPart("frames written to"))).isTrue();
  }

  @Test
  void anAnimationIsExportedAsPictures() throws Exception {
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    order("PNG pictures in a folder");
    dialog.folder("Write the pictures into", pictures);
    window.until("they are there", () -> Files.exists(pictures.resolve("frame-00001.png")));
    idle();
    List<String> names = names(pictures);
    assertThat(names).hasSizeGreaterThan(2).allMatch(n -> n.matches("frame-\\d{5}\\.png"));
    assertThat(ImageIO.read(pictures.resolve(names.getLast()).toFile()).getWidth()).isEqualTo(640);
  }

  @Test
  void anExportThatIsCancelledLeavesNothing() throws Exception {
    Path gif = folder.resolve("cancelled.gif");
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.G);
    window.until("the dialog is there", () -> asking() != null);
    window.click("Export…", window.ask(ExportWindowTest::asking));
    dialog.save("Write the animation to", gif);
    window.until(
        "it is told how far it is", () -> window.model().status().progressProperty().get() > 0);
    assertThat(window.ask(() -> window.shows("Cancel"))).isTrue();
    window.press(KeyCode.ESCAPE);
    window.until("it has ended", () -> !window.model().status().working());
    assertThat(names(folder)).noneMatch(n -> n.startsWith("cancelled"));
    assertThat(window.ask(ExportWindowTest::error)).isEmpty();
    window.press(KeyCode.F8);
    window.until("the window goes on", () -> window.position().packet() == 9);
  }

  @Test
  void aFullDiskIsOneErrorAndWhatStoodThereStays() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    try (MountedDisk _ = MountedDisk.at(disk, "64k")) {
      Path page = Files.writeString(disk.resolve("page.html"), "the page before");
      Path session = Files.writeString(disk.resolve("c.tailwalk"), "the session before");
      fill(disk.resolve("filler"));
      window.ui(() -> window.window().reports().write(page));
      window.until("it is said", () -> error().contains("No space left on device"));
      assertThat(window.ask(ExportWindowTest::error)).startsWith("write " + page);
      window.press(KeyCode.ESCAPE);
      assertThat(window.ask(ExportWindowTest::error)).isEmpty();

      window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.S);
      window.until("where to is asked", window::focusIsText);
      window.press(KeyCode.CONTROL, KeyCode.A);
      window.writeQuickly(session.toString());
      window.press(KeyCode.ENTER);
      window.until("it is said", () -> error().contains("No space left on device"));
      assertThat(window.ask(ExportWindowTest::error)).startsWith("save session: " + session);
      window.picture("disk-full");

      assertThat(page).hasContent("the page before");
      assertThat(session).hasContent("the session before");
      assertThat(names(disk)).containsExactly("c.tailwalk", "filler", "page.html");
    }
  }

  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] page = new byte[4096];
      while (true) {
        out.write(page);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }
}
