// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code key: value} lines: the head of a lesson between two lines of three dashes, and the blocks
 * that say what to show. A key may be followed by a list, a line {@code - ITEM} each.
 *
 * @param lines which line of the file each key stands in
 */
record FrontMatter(Map<String, List<String>> values, Map<String, Integer> lines) {
  /**
   * Reads lines.
   *
   * @param firstLine of the first one in the file
   * @param known the keys there are
   */
  static FrontMatter read(String file, int firstLine, List<String> text, Set<String> known)
      throws LessonException {
    Map<String, List<String>> values = new LinkedHashMap<>();
    Map<String, Integer> lines = new LinkedHashMap<>();
    String key = "";
    for (int i = 0; i < text.size(); i++) {
      String line = text.get(i).strip();
      int number = firstLine + i;
      if (line.isEmpty()) {
        continue;
      }
      List<String> open = values.get(key);
      if (line.startsWith("- ") && open != null) {
        open.add(line.substring(2).strip());
        continue;
      }
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new LessonException(file, number, "expected KEY: VALUE, here is \"" + line + "\"");
      }
      key = line.substring(0, colon).strip();
      if (!known.contains(key)) {
        throw new LessonException(
            file, number, "unknown key \"" + key + "\"; there are " + String.join(", ", known));
      }
      if (values.containsKey(key)) {
        throw new LessonException(file, number, "the key \"" + key + "\" stands here twice");
      }
      List<String> list = new ArrayList<>();
      String value = line.substring(colon + 1).strip();
      if (!value.isEmpty()) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        list.add(quoted ? value.substring(1, value.length() - 1) : value);
      }
      values.put(key, list);
      lines.put(key, number);
    }
    return new FrontMatter(values, lines);
  }

  /** The one value of a key; empty without it. */
  String one(String key) {
    List<String> list = values.getOrDefault(key, List.of());
    return list.isEmpty() ? "" : list.getFirst();
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  int line(String key) {
    return lines.getOrDefault(key, 0);
  }
}
