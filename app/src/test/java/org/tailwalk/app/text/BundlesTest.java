// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every text is there in every language, with the same places to fill. */
class BundlesTest {
  private static final Path ROOT = Path.of("src", "main", "resources", "org", "tailwalk", "app");
  private static final Path CORE =
      Path.of(
          "..",
          "datapath-model",
          "src",
          "main",
          "resources",
          "org",
          "tailwalk",
          "text",
          "core.properties");
  private static final Pattern PLACE = Pattern.compile("\\{(\\d+)");

  private static List<Path> bundles() {
    try (Stream<Path> all = Files.walk(ROOT)) {
      return Stream.concat(
              all.filter(p -> p.endsWith("texts.properties")).sorted(), Stream.of(CORE))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file of a language beside the English one. */
  private static Path in(Path english, String suffix) {
    String name = english.getFileName().toString();
    return english.resolveSibling(name.replace(".properties", suffix + ".properties"));
  }

  private static Properties read(Path file) {
    Properties texts = new Properties();
    if (Files.exists(file)) {
      try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        texts.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return texts;
  }

  private static TreeSet<String> places(String text) {
    TreeSet<String> found = new TreeSet<>();
    for (Matcher m = PLACE.matcher(text); m.find(); ) {
      found.add(m.group(1));
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ko", "zh"})
  void everyTextIsTranslatedWithTheSamePlaces(String language) {
    List<String> wrong = new ArrayList<>();
    int texts = 0;
    for (Path file : bundles()) {
      Properties english = read(file);
      Properties other = read(in(file, "_" + language));
      assertThat(english).as("%s", file).isNotEmpty();
      String place = ROOT.relativize(file.getParent()) + ": ";
      for (String key : new TreeSet<>(english.stringPropertyNames())) {
        texts++;
        String translated = other.getProperty(key);
        if (translated == null) {
          wrong.add(place + key + " is missing: " + english.getProperty(key));
        } else if (!places(translated).equals(places(english.getProperty(key)))) {
          wrong.add(place + key + " has other places: " + translated);
        }
      }
      for (String key : new TreeSet<>(other.stringPropertyNames())) {
        if (!english.containsKey(key)) {
          wrong.add(place + key + " is not in the English file");
        }
      }
    }
    assertThat(texts).isGreaterThan(500);
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"_ko", "_zh"})
  void noSentenceOfTheCoreStaysEnglish(String suffix) {
    Properties english = read(CORE);
    Properties other = read(in(CORE, suffix));
    Pattern sentence = Pattern.compile("[a-z]{2,} [a-z]{2,} [a-z]{2,}");
    List<String> sentences =
        english.stringPropertyNames().stream()
            .filter(key -> sentence.matcher(english.getProperty(key)).find())
            .sorted()
            .toList();
    assertThat(sentences).hasSizeGreaterThan(40);
    assertThat(sentences)
        .allSatisfy(key ->
            assertThat(other.getProperty(key).codePoints()).as(key).anyMatch(c -> c >= 0x2E80));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_ko", "_zh"})
  void textsWithPlacesAreMessageFormats(String suffix) {
    List<String> wrong = new ArrayList<>();
    for (Path file : bundles()) {
      Properties texts = read(in(file, suffix));
      for (String key : new TreeSet<>(texts.stringPropertyNames())) {
        String text = texts.getProperty(key);
        if (places(text).isEmpty()) {
          // Such a text is shown as it stands: both quotes would be seen.
          if (text.contains("''")) {
            wrong.add(file.getParent().getFileName() + ": " + key + ": two quotes: " + text);
          }
          continue;
        }
        try {
          Object[] values = {1, 2, 3, 4, 5, 6};
          String shown = new MessageFormat(text, Locale.ENGLISH).format(values);
          if (PLACE.matcher(shown).find()) {
            wrong.add(file.getParent().getFileName() + ": " + key + ": a quote too many: " + shown);
          }
        } catch (IllegalArgumentException e) {
          wrong.add(file.getParent().getFileName() + ": " + key + ": " + e.getMessage());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void aLanguageThatWeDoNotSpeakIsTold() {
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> Language.speak("tlh", java.util.Locale.ENGLISH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there are en, ko, zh");
  }
}
