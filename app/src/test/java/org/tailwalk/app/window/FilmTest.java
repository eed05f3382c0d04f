// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.FxThread;
import org.tailwalk.app.animation.FilmMaker;
import org.tailwalk.app.animation.FilmSpec;
import org.tailwalk.app.session.Openings;
import org.tailwalk.app.theme.Theme;

/** Films of real packets, painted with no window. */
@Tag("window")
class FilmTest {
  private static final String CAPTURE = "../samples/nobody-heard/capture.pcap";
  private static final FilmSpec SMALL = new FilmSpec(5, 480, 270, 4);

  @TempDir Path folder;

  private final FilmStudio studio =
      new FilmStudio(Setups.services(Openings::forWindow, Setups.modelAlone()));

  @BeforeAll
  static void needsADisplay() {
    FxThread.needDisplay();
  }

  private int film(int first, int last, Path output, FilmMaker.Progress progress) throws Exception {
    return studio.make(
        CAPTURE,
        null,
        UnaryOperator.identity(),
        first,
        last,
        output,
        SMALL,
        Theme.Mode.LIGHT,
        progress);
  }

  private static TreeMap<String, Integer> pictures(Path folder) throws IOException {
    TreeMap<String, Integer> found = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        found.put(
            file.getFileName().toString(), java.util.Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return found;
  }

  @Test
  void theSamePacketsGiveTheSameBytesTwice() throws Exception {
    int frames = film(8, 9, folder.resolve("one"), (_, _) -> true);
    film(8, 9, folder.resolve("two"), (_, _) -> true);
    TreeMap<String, Integer> one = pictures(folder.resolve("one"));
    assertThat(one).hasSize(frames).isEqualTo(pictures(folder.resolve("two")));
    assertThat(one.firstKey()).isEqualTo("frame-00001.png");
    assertThat(one.values().stream().distinct().count()).as("it moves").isGreaterThan(5);
    film(9, 9, folder.resolve("a.gif"), (_, _) -> true);
    film(9, 9, folder.resolve("b.gif"), (_, _) -> true);
    assertThat(folder.resolve("a.gif")).hasSameBinaryContentAs(folder.resolve("b.gif"));
  }

  @Test
  void aGifPlaysForEverAndAsLongAsItsFrames() throws Exception {
    Path gif = folder.resolve("film.gif");
    int frames = film(9, 9, gif, (_, _) -> true);
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(gif.toFile())) {
      reader.setInput(in);
      assertThat(reader.getWidth(0)).isEqualTo(480);
      assertThat(reader.getHeight(0)).isEqualTo(270);
      int hundredths = 0;
      for (int i = 0; i < reader.getNumImages(true); i++) {
        IIOMetadataNode root =
            (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
        IIOMetadataNode control =
            (IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0);
        hundredths += Integer.parseInt(control.getAttribute("delayTime"));
        if (i == 0) {
          assertThat(root.getElementsByTagName("ApplicationExtension").getLength()).isEqualTo(1);
        }
      }
      assertThat(hundredths).isEqualTo(frames * 100 / SMALL.fps());
    }
    assertThat(gif.toFile()).isNotEmpty();
  }

  @Test
  void aCancelledFilmLeavesNothing() throws Exception {
    Path gif = folder.resolve("film.gif");
    assertThatThrownBy(() -> film(1, 20, gif, (frame, _) -> frame < 3))
        .isInstanceOf(CancellationException.class);
    Path pictures = folder.resolve("pictures");
    assertThatThrownBy(() -> film(1, 20, pictures, (frame, _) -> frame < 3))
        .isInstanceOf(CancellationException.class);
    assertThat(pictures(pictures)).isEmpty();
    File[] left = folder.toFile().listFiles(File::isFile);
    assertThat(left).isEmpty();
  }

  @Test
  void whatCannotBeFilmedIsSaid() {
    assertThatThrownBy(() -> film(21, 30, folder.resolve("x.gif"), (_, _) -> true))
        .hasMessage("packets 21-30: the capture has 20");
    assertThatThrownBy(() -> new FilmSpec(60, 960, 540, 1))
        .hasMessage("frames a second are 4 to 50, not 60");
    assertThatThrownBy(() -> new FilmSpec(15, 96, 54, 1))
        .hasMessage("a film is 320x200 to 3840x2160, not 96x54");
  }
}
