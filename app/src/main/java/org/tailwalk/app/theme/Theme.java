// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.theme;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/** The look of one window: which palette it wears, and the faces its canvases write in. */
public final class Theme {
  /** Light or dark. */
  public enum Mode {
    LIGHT,
    DARK;

    /** The palette of this mode. */
    public Palette palette() {
      return this == LIGHT ? Palette.LIGHT : Palette.DARK;
    }
  }

  private static final List<String> FILES =
      List.of(
          "Inter-Regular.otf",
          "Inter-SemiBold.otf",
          "JetBrainsMono-Regular.ttf",
          "JetBrainsMono-Bold.ttf");

  /** The rules behind the palette: those of the whole window, then a file for each feature. */
  private static final List<String> SHEETS =
      List.of(
          "tailwalk.css",
          "source.css",
          "maps.css",
          "filter.css",
          "object.css",
          "compare.css",
          "lesson.css",
          "whatif.css");

  private final ReadOnlyObjectWrapper<Mode> mode;
  private final List<Font> faces;

  /** Loads the faces; they come with the program, so that text fits everywhere as it does here. */
  public Theme(Mode first) {
    this.mode = new ReadOnlyObjectWrapper<>(first);
    this.faces = FILES.stream().map(Theme::load).toList();
  }

  private static Font load(String file) {
    try (InputStream in = Theme.class.getResourceAsStream("fonts/" + file)) {
      Font font = Font.loadFont(Objects.requireNonNull(in, file), 12);
      return font == null ? Font.font(12) : font;
    } catch (IOException e) {
      throw new LinkageError("the program's own font can't be read: " + file, e);
    }
  }

  /** The mode worn now. */
  public ReadOnlyObjectProperty<Mode> modeProperty() {
    return mode.getReadOnlyProperty();
  }

  /** The colours worn now. */
  public Palette palette() {
    return mode.get().palette();
  }

  /** Dresses a scene, and dresses it anew whenever the mode changes. */
  public void dress(Scene scene) {
    scene.getStylesheets().setAll(palette().stylesheet());
    for (String sheet : SHEETS) {
      scene
          .getStylesheets()
          .add(Objects.requireNonNull(Theme.class.getResource(sheet)).toExternalForm());
    }
    mode.addListener((_, _, now) -> scene.getStylesheets().set(0, now.palette().stylesheet()));
  }

  /** The other mode. */
  public void toggle() {
    mode.set(mode.get() == Mode.LIGHT ? Mode.DARK : Mode.LIGHT);
  }

  /** Prose. */
  public Font sans(double size) {
    return Font.font(faces.get(0).getFamily(), size);
  }

  /** Prose that stands out. */
  public Font strong(double size) {
    return sized(faces.get(1), size);
  }

  /** Names, addresses, numbers. */
  public Font mono(double size) {
    return sized(faces.get(2), size);
  }

  /** Names that stand out. */
  public Font monoStrong(double size) {
    return sized(faces.get(3), size);
  }

  private static Font sized(Font face, double size) {
    return new Font(face.getName(), size);
  }
}
