// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.animation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder holds one film, and what is no film of ours stays. */
class PngSinkTest {
  @TempDir Path folder;

  private void film(int frames) throws IOException {
    try (PngSink sink = new PngSink(folder)) {
      for (int i = 0; i < frames; i++) {
        sink.frame(new BufferedImage(4, 3, BufferedImage.TYPE_INT_ARGB));
      }
      sink.finish();
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aShorterFilmLeavesNoFrameOfALongerOneBefore() throws Exception {
    Files.writeString(folder.resolve("notes.txt"), "mine");
    Files.writeString(folder.resolve("frame-7.png"), "mine");
    film(5);
    film(2);
    assertThat(names())
        .containsExactly("frame-00001.png", "frame-00002.png", "frame-7.png", "notes.txt");
    assertThat(ImageIO.read(folder.resolve("frame-00002.png").toFile()).getWidth()).isEqualTo(4);
  }

  @Test
  void picturesOfAnotherProgramAreNeitherWrittenOverNorTakenAway() throws Exception {
    film(1);
    Path other = folder.resolve("frame-00040.png");
    ImageIO.write(new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB), "png", other.toFile());
    assertThatThrownBy(() -> film(2))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "write animation: %s: frame-00040.png there is not of Tailwalk's making; name an empty"
                + " folder",
            folder);
    assertThat(names()).containsExactly("frame-00001.png", "frame-00040.png");
  }

  @Test
  void aFilmThatIsNotFinishedLeavesTheOneBefore() throws Exception {
    film(3);
    byte[] before = Files.readAllBytes(folder.resolve("frame-00001.png"));
    try (PngSink sink = new PngSink(folder)) {
      sink.frame(new BufferedImage(40, 30, BufferedImage.TYPE_INT_ARGB));
    }
    assertThat(names()).containsExactly("frame-00001.png", "frame-00002.png", "frame-00003.png");
    assertThat(folder.resolve("frame-00001.png")).hasBinaryContent(before);
  }
}
