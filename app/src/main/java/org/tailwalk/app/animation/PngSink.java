// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.animation;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Numbered pictures in a folder: {@code frame-00001.png} and so on. They get these names when all
 * are there: those of a film before stay until then, and go then, also where that film was longer.
 * Each says that Tailwalk made it, so that no picture of anybody else is written over or taken
 * away.
 */
public final class PngSink implements FilmSink {
  private static final String NAME = "frame-\\d{5,}\\.png";
  private static final String FORMAT = "javax_imageio_png_1.0";

  /** As it stands in a picture's tEXt chunk: keyword, NUL, text; long before the pixels. */
  private static final String MARK = "Software\0Tailwalk";

  private static final int HEAD_BYTES = 1024;

  private final Path folder;
  private final ImageWriter writer;
  private final List<Path> written = new ArrayList<>();
  private boolean whole;

  /**
   * Into a folder that is made if need be.
   *
   * @throws IOException when pictures of somebody else have the names that a film's get
   */
  public PngSink(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    for (Path frame : frames()) {
      if (!ours(frame)) {
        throw new IOException(
            "write animation: %s: %s there is not of Tailwalk's making; name an empty folder"
                .formatted(folder, frame.getFileName()));
      }
    }
    writer = ImageIO.getImageWritersByFormatName("png").next();
  }

  /** What has the name of a frame. */
  private List<Path> frames() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> String.valueOf(file.getFileName()).matches(NAME)).sorted().toList();
    }
  }

  private static boolean ours(Path frame) throws IOException {
    if (!Files.isRegularFile(frame)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(frame)) {
      return new String(in.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1).contains(MARK);
    }
  }

  @Override
  public void frame(BufferedImage image) throws IOException {
    Path file = folder.resolve("frame-%05d.png.unfinished".formatted(written.size() + 1));
    written.add(file);
    // Also when the process is interrupted, nothing half done stays.
    file.toFile().deleteOnExit();
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
    IIOMetadataNode entry = new IIOMetadataNode("tEXtEntry");
    entry.setAttribute("keyword", MARK.substring(0, MARK.indexOf('\0')));
    entry.setAttribute("value", MARK.substring(MARK.indexOf('\0') + 1));
    IIOMetadataNode text = new IIOMetadataNode("tEXt");
    text.appendChild(entry);
    IIOMetadataNode root = new IIOMetadataNode(FORMAT);
    root.appendChild(text);
    metadata.mergeTree(FORMAT, root);
    try (OutputStream out = Files.newOutputStream(file);
        ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(new IIOImage(image, null, metadata));
    }
  }

  @Override
  public void finish() throws IOException {
    List<Path> before = new ArrayList<>(frames());
    for (Path file : written) {
      String name = String.valueOf(file.getFileName()).replace(".unfinished", "");
      Path place = file.resolveSibling(name);
      Files.move(file, place, StandardCopyOption.REPLACE_EXISTING);
      before.remove(place);
    }
    for (Path longer : before) {
      if (ours(longer)) {
        Files.delete(longer);
      }
    }
    whole = true;
  }

  @Override
  public void close() throws IOException {
    writer.dispose();
    if (!whole) {
      for (Path file : written) {
        Files.deleteIfExists(file);
      }
    }
  }
}
