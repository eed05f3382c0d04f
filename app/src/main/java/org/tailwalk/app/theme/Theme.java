// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.theme;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.Scene;
import javafx.scene.text.Font;
import org.tailwalk.app.platform.UserFolders;
import org.tailwalk.app.platform.WholeFile;
import org.tailwalk.app.prefs.Preferences;

/** The look of one window: which palette it wears, and the faces its canvases write in. */
public final class Theme {
  /** Light, dark, or dark with the strongest contrast. */
  public enum Mode {
    LIGHT,
    DARK,
    CONTRAST;

    /** The palette of this mode. */
    public Palette palette() {
      return switch (this) {
        case LIGHT -> Palette.LIGHT;
        case DARK -> Palette.DARK;
        case CONTRAST -> Palette.CONTRAST;
      };
    }

    /** The mode that was remembered. */
    public static Mode of(Preferences.Look look) {
      return switch (look) {
        case LIGHT -> LIGHT;
        case DARK -> DARK;
        case CONTRAST -> CONTRAST;
      };
    }

    /** To be remembered. */
    public Preferences.Look look() {
      return switch (this) {
        case LIGHT -> Preferences.Look.LIGHT;
        case DARK -> Preferences.Look.DARK;
        case CONTRAST -> Preferences.Look.CONTRAST;
      };
    }

    /**
     * The mode of this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Mode named(String name) {
      for (Mode mode : values()) {
        if (mode.name().equalsIgnoreCase(name)) {
          return mode;
        }
      }
      throw new IllegalArgumentException(
          "unknown theme \"" + name + "\"; there are light, dark and contrast");
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
          "personal.css",
          "maps.css",
          "filter.css",
          "object.css",
          "compare.css",
          "lesson.css",
          "whatif.css");

  private final ReadOnlyObjectWrapper<Mode> mode;
  private final StringProperty popups = new SimpleStringProperty("");
  private final List<Font> faces;

  /** Loads the faces; they come with the program, so that text fits everywhere as it does here. */
  public Theme(Mode first) {
    this.mode = new ReadOnlyObjectWrapper<>(first);
    this.faces = FILES.stream().map(Theme::load).toList();
  }

  private static Font load(String file) {
    try (InputStream in = Theme.class.getResourceAsStream("fonts/" + file)) {
      Font font = Font.loadFont(Objects.requireNonNull(in, file), 12);
      return font == null ? throughCache(file) : font;
    } catch (IOException e) {
      throw new LinkageError("the program's own font can't be read: " + file, e);
    }
  }

  /**
   * JavaFX takes a font out of a jar through the machine's folder for temporary files: where that
   * is full, by a copy in the cache.
   */
  private static Font throughCache(String file) {
    Path copy = UserFolders.cache().resolve("fonts").resolve(file);
    try (InputStream in = Theme.class.getResourceAsStream("fonts/" + file);
        WholeFile whole = inItsFolder(copy)) {
      Objects.requireNonNull(in, file).transferTo(whole.bytes());
      whole.finish();
    } catch (IOException e) {
      // The cache may well lie on the same disk, and be as full.
      System.getLogger(Theme.class.getName())
          .log(System.Logger.Level.WARNING, "the window does without its own fonts", e);
      return Font.font(12);
    }
    Font font = Font.loadFont(copy.toUri().toString(), 12);
    return font == null ? Font.font(12) : font;
  }

  private static WholeFile inItsFolder(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return WholeFile.create(file);
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
    popups.addListener((_, was, now) -> {
      scene.getStylesheets().remove(was);
      if (!now.isEmpty()) {
        scene.getStylesheets().add(now);
      }
    });
  }

  /** Menus and tooltips are windows of their own: their text is scaled by a rule. */
  public void scalePopups(double factor) {
    popups.set(
        factor == 1
            ? ""
            : "data:text/css,"
                + URLEncoder.encode(
                        ".root.popup { -fx-font-size: %.1fpx; } .tooltip { -fx-font-size: %.1fpx; }"
                            .formatted(13 * factor, 12 * factor),
                        StandardCharsets.UTF_8)
                    .replace("+", "%20"));
  }

  /** Light becomes dark, anything else light. */
  public void toggle() {
    wear(mode.get() == Mode.LIGHT ? Mode.DARK : Mode.LIGHT);
  }

  /** Wears a mode. */
  public void wear(Mode now) {
    mode.set(now);
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
