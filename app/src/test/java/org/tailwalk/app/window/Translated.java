// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** The texts that a window in another language must not show. */
final class Translated {
  private Translated() {}

  /**
   * English texts without places that another language words otherwise; no single words that are
   * values too.
   */
  static Set<String> into(String language) throws IOException {
    Set<String> english = new TreeSet<>();
    Set<String> same = new TreeSet<>();
    for (Path root :
        List.of(
            Path.of("src/main/resources/org/tailwalk"),
            Path.of("../datapath-model/src/main/resources/org/tailwalk/text"))) {
      try (var files = Files.walk(root)) {
        for (Path file :
            files.filter(f -> f.toString().matches(".*(texts|core)\\.properties")).toList()) {
          Path twin =
              Path.of(file.toString().replace(".properties", "_" + language + ".properties"));
          Properties ours = read(file);
          Properties theirs = read(twin);
          ours.stringPropertyNames()
              .forEach(key -> {
                String text = ours.getProperty(key);
                boolean kept = text.equals(theirs.getProperty(key));
                if (kept) {
                  same.add(text);
                } else if (text.indexOf('{') < 0 && text.matches("[A-Z].{2,}|.* .*")) {
                  english.add(text);
                }
              });
        }
      }
    }
    english.removeAll(same);
    return english;
  }

  private static Properties read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
