// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.prefs;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.platform.WholeFile;

/**
 * Keeps the preferences and writes them down. Reading never fails: a file that is no JSON is set
 * aside, and said so. Changed on the UI thread; {@link #flush} writes.
 */
public final class PreferenceStore {
  private final @Nullable Path file;
  private final List<String> complaints = new ArrayList<>();
  private final ReadOnlyObjectWrapper<Preferences> now;
  private Preferences written;

  private PreferenceStore(@Nullable Path file) {
    this.file = file;
    this.written = file == null ? Preferences.DEFAULT : read(file);
    this.now = new ReadOnlyObjectWrapper<>(written);
  }

  /** Those in a folder's {@code preferences.json}. */
  public static PreferenceStore in(Path folder) {
    return new PreferenceStore(folder.resolve("preferences.json"));
  }

  /** Some that are forgotten. */
  public static PreferenceStore inMemory() {
    return new PreferenceStore(null);
  }

  private Preferences read(Path from) {
    String text;
    try {
      // Bytes that are no text become signs that are no JSON, and the file is set aside as such.
      text = new String(Files.readAllBytes(from), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return Preferences.DEFAULT;
    } catch (IOException e) {
      complaints.add("read preferences: " + from + ": " + e.getMessage() + "; they are as new");
      return Preferences.DEFAULT;
    }
    try {
      return PreferencesJson.parse(
          text, what -> complaints.add("read preferences: " + from + ": " + what));
    } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
      complaints.add(
          "read preferences: %s: %s; the file was set aside%s, all preferences are as new"
              .formatted(from, reason(e), setAside(from)));
      return Preferences.DEFAULT;
    }
  }

  private static String reason(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    return "not JSON (" + message.lines().findFirst().orElse("") + ")";
  }

  private static String setAside(Path from) {
    String when = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
    Path aside = from.resolveSibling("preferences.broken-" + when + ".json");
    try {
      Files.move(from, aside, StandardCopyOption.REPLACE_EXISTING);
      return " as " + aside.getFileName();
    } catch (IOException e) {
      return "";
    }
  }

  /** What was wrong with the file; empty when nothing was. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** The preferences as they are. */
  public Preferences get() {
    return now.get();
  }

  /** The preferences as they are. */
  public ReadOnlyObjectProperty<Preferences> property() {
    return now.getReadOnlyProperty();
  }

  /** Changes them. */
  public void change(UnaryOperator<Preferences> how) {
    now.set(how.apply(now.get()));
  }

  /**
   * Writes what has changed since the last time, beside its place and then there.
   *
   * @throws IOException when it can't be; the message names the file
   */
  public synchronized void flush() throws IOException {
    Preferences toWrite = now.get();
    Path to = file;
    if (to == null || toWrite.equals(written)) {
      return;
    }
    Path part = to.resolveSibling(to.getFileName() + ".part");
    try {
      Path folder = to.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.write(part, PreferencesJson.write(toWrite).getBytes(StandardCharsets.UTF_8));
      Files.move(part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      written = toWrite;
    } catch (IOException e) {
      try {
        Files.deleteIfExists(part);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw new IOException(
          "write preferences: %s: %s; what is set is forgotten when the window closes"
              .formatted(to, WholeFile.reason(e)),
          e);
    }
  }
}
