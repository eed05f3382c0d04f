// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Holds what the window says in a language against the English bundles. */
final class LanguageTexts {
  private static final List<Path> ROOTS =
      List.of(
          Path.of("src/main/resources/org/tailwalk"),
          Path.of("../datapath-model/src/main/resources/org/tailwalk/text"));

  private final Set<String> words = new TreeSet<>();
  private final List<Pattern> sentences = new ArrayList<>();

  private LanguageTexts(String language) throws IOException {
    Set<String> same = new TreeSet<>();
    for (Path root : ROOTS) {
      try (var files = Files.walk(root)) {
        for (Path file :
            files.filter(f -> f.toString().matches(".*(texts|core)\\.properties")).toList()) {
          Properties ours = read(file);
          Properties theirs =
              read(Path.of(file.toString().replace(".properties", "_" + language + ".properties")));
          for (String key : ours.stringPropertyNames()) {
            String text = ours.getProperty(key);
            if (text.equals(theirs.getProperty(key))) {
              same.add(text);
            } else {
              add(text);
            }
          }
        }
      }
    }
    words.removeAll(same);
  }

  /** English texts without places that a language words otherwise; no single words like values. */
  static Set<String> words(String language) throws IOException {
    return Set.copyOf(new LanguageTexts(language).words);
  }

  /** Texts without places; of those with some only such as nothing else can look like. */
  private void add(String text) {
    if (text.indexOf('{') < 0) {
      // Single words in lower case are values too.
      if (text.matches("[A-Z].{2,}|.* .*")) {
        words.add(text);
      }
      return;
    }
    String plain = text.replaceAll("\\{[^{}]*(\\{[^{}]*}[^{}]*)*}", "\u0000").replace("''", "'");
    if (plain.matches("(?s).*[a-z]{2,} [a-z]{2,} [a-z]{2,}.*")) {
      StringBuilder pattern = new StringBuilder();
      for (String part : plain.split("\u0000", -1)) {
        pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(part));
      }
      sentences.add(Pattern.compile(pattern.toString(), Pattern.DOTALL));
    }
  }

  private boolean english(String text) {
    return words.contains(text) || sentences.stream().anyMatch(s -> s.matcher(text).matches());
  }

  /**
   * Walks the window in a language and finds no English on the way.
   *
   * @param known what shows that the window spoke it
   */
  static void noneIsLeftInEnglish(String language, String known, Path folder) throws Exception {
    Map<String, String> said = LanguageWalk.in(language, folder);
    LanguageTexts english = new LanguageTexts(language);
    assertThat(english.words).contains("Packets");
    assertThat(english.sentences).hasSizeGreaterThan(100);
    assertThat(said.keySet()).as("the window spoke it").anyMatch(t -> t.contains(known));
    assertThat(said).hasSizeGreaterThan(500);
    assertThat(said.entrySet()).filteredOn(e -> english.english(e.getKey())).isEmpty();
  }

  private static Properties read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }
}
