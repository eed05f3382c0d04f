// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.animation;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.platform.WholeFile;

/**
 * An animated GIF that plays for ever. Of each frame only the rectangle is written in which it
 * differs from the one before, with a palette of its own; a frame that doesn't differ makes the one
 * before stand longer. Delays are hundredths of a second: what rounding takes from one frame it
 * gives to the next.
 */
public final class GifSink implements FilmSink {
  private static final String FORMAT = "javax_imageio_gif_image_1.0";

  private final WholeFile file;
  private final int fps;
  private final ImageWriter writer;
  private final ImageOutputStream out;
  private @Nullable BufferedImage shown;
  private @Nullable BufferedImage pending;
  private Rectangle pendingAt = new Rectangle();
  private int frames;
  private int pendingFrom;
  private boolean first = true;

  /**
   * Into a file.
   *
   * @param fps of the frames that come
   */
  public GifSink(Path file, int fps) throws IOException {
    this.fps = fps;
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("gif");
    if (!writers.hasNext()) {
      throw new IOException("no writer for GIF in this Java");
    }
    this.writer = writers.next();
    this.file = WholeFile.create(file);
    this.out = new MemoryCacheImageOutputStream(this.file.bytes());
    writer.setOutput(out);
    writer.prepareWriteSequence(null);
  }

  @Override
  public void frame(BufferedImage image) throws IOException {
    BufferedImage rgb = plain(image);
    BufferedImage before = shown;
    Rectangle changed =
        before == null ? new Rectangle(rgb.getWidth(), rgb.getHeight()) : difference(before, rgb);
    if (!changed.isEmpty()) {
      flush();
      pending = rgb.getSubimage(changed.x, changed.y, changed.width, changed.height);
      pendingAt = changed;
      pendingFrom = frames;
      shown = rgb;
    }
    frames++;
  }

  /** Writes the frame that was waiting to know how long it stands. */
  private void flush() throws IOException {
    BufferedImage waiting = pending;
    if (waiting == null) {
      return;
    }
    BufferedImage image = GifPalette.reduce(waiting);
    long delay = Math.round(frames * 100.0 / fps) - Math.round(pendingFrom * 100.0 / fps);
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
    IIOMetadataNode place = child(root, "ImageDescriptor");
    place.setAttribute("imageLeftPosition", Integer.toString(pendingAt.x));
    place.setAttribute("imageTopPosition", Integer.toString(pendingAt.y));
    IIOMetadataNode control = child(root, "GraphicControlExtension");
    control.setAttribute("disposalMethod", "doNotDispose");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("transparentColorIndex", "0");
    control.setAttribute("delayTime", Long.toString(Math.clamp(delay, 1, 65_535)));
    if (first) {
      IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
      loop.setAttribute("applicationID", "NETSCAPE");
      loop.setAttribute("authenticationCode", "2.0");
      loop.setUserObject(new byte[] {1, 0, 0});
      child(root, "ApplicationExtensions").appendChild(loop);
      first = false;
    }
    metadata.setFromTree(FORMAT, root);
    writer.writeToSequence(new IIOImage(image, null, metadata), null);
    pending = null;
  }

  private static IIOMetadataNode child(IIOMetadataNode parent, String name) {
    for (int i = 0; i < parent.getLength(); i++) {
      if (parent.item(i).getNodeName().equals(name)) {
        return (IIOMetadataNode) parent.item(i);
      }
    }
    IIOMetadataNode made = new IIOMetadataNode(name);
    parent.appendChild(made);
    return made;
  }

  /** Opaque, so that no colour of the palette is lost to transparency. */
  private static BufferedImage plain(BufferedImage image) {
    BufferedImage rgb =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    int[] line = new int[image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, line.length, 1, line, 0, line.length);
      rgb.setRGB(0, y, line.length, 1, line, 0, line.length);
    }
    return rgb;
  }

  private static Rectangle difference(BufferedImage a, BufferedImage b) {
    int width = a.getWidth();
    int height = a.getHeight();
    int left = width;
    int right = -1;
    int top = height;
    int bottom = -1;
    int[] one = new int[width];
    int[] other = new int[width];
    for (int y = 0; y < height; y++) {
      a.getRGB(0, y, width, 1, one, 0, width);
      b.getRGB(0, y, width, 1, other, 0, width);
      int from = java.util.Arrays.mismatch(one, other);
      if (from < 0) {
        continue;
      }
      int to = width - 1;
      while (one[to] == other[to]) {
        to--;
      }
      left = Math.min(left, from);
      right = Math.max(right, to);
      top = Math.min(top, y);
      bottom = y;
    }
    return right < 0
        ? new Rectangle()
        : new Rectangle(left, top, right - left + 1, bottom - top + 1);
  }

  @Override
  public void finish() throws IOException {
    flush();
    writer.endWriteSequence();
    out.close();
    file.finish();
  }

  @Override
  public void close() {
    writer.dispose();
    file.close();
  }
}
