// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A deliberate mistake: a text of a source file, and what it becomes.
 *
 * @param title what is wrong then
 * @param file below the sources' folder
 */
record Mistake(String title, String file, String right, String wrong) {
  /** Reads a list of them; its head says how it is written. */
  static List<Mistake> read(String resource) {
    try (var in = Mistake.class.getResourceAsStream(resource)) {
      List<Mistake> all = new ArrayList<>();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String block : text.split("(?m)^== ")) {
        if (block.startsWith("#")) {
          continue;
        }
        String[] parts = block.split("\n[@+-] ", 4);
        all.add(new Mistake(parts[0].strip(), parts[1].strip(), parts[2], parts[3].strip()));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file's text with the mistake in. */
  String in(String source) {
    int at = source.indexOf(right);
    if (at < 0 || source.indexOf(right, at + 1) >= 0) {
      throw new IllegalStateException(
          "%s: %s: %s: \"%s\""
              .formatted(title, file, at < 0 ? "not there" : "there more than once", right));
    }
    return source.substring(0, at) + wrong + source.substring(at + right.length());
  }

  @Override
  public String toString() {
    return title;
  }
}
