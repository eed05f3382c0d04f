// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.animation;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Numbered pictures in a folder: {@code frame-00001.png} and so on. They get these names when all
 * are there: those of a film before stay until then.
 */
public final class PngSink implements FilmSink {
  private final Path folder;
  private final List<Path> written = new ArrayList<>();
  private boolean whole;

  /** Into a folder that is made if need be. */
  public PngSink(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  @Override
  public void frame(BufferedImage image) throws IOException {
    Path file = folder.resolve("frame-%05d.png.unfinished".formatted(written.size() + 1));
    written.add(file);
    try (OutputStream out = Files.newOutputStream(file)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IOException("no writer for PNG in this Java");
      }
    }
  }

  @Override
  public void finish() throws IOException {
    for (Path file : written) {
      String name = String.valueOf(file.getFileName()).replace(".unfinished", "");
      Files.move(file, file.resolveSibling(name), StandardCopyOption.REPLACE_EXISTING);
    }
    whole = true;
  }

  @Override
  public void close() throws IOException {
    if (!whole) {
      for (Path file : written) {
        Files.deleteIfExists(file);
      }
    }
  }
}
