// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tailwalk.app.glossary.Term;

/**
 * The terms that lessons link to, from {@code terms.md} beside the lessons: {@code ## TERM}, and
 * below it what it means. What the window's own glossary tells needs no place there.
 */
public final class Glossary {
  /** The file in the folder of the lessons. */
  public static final String FILE = "terms.md";

  /** Knows no term but the window's. */
  public static final Glossary EMPTY = new Glossary(Map.of());

  private final Map<String, String> terms;

  private Glossary(Map<String, String> terms) {
    this.terms = Map.copyOf(terms);
  }

  /** Reads the folder's; without the file it is empty. */
  public static Glossary read(Path folder) throws IOException {
    return file(folder.resolve(FILE));
  }

  /** The same with {@code terms.ko.md} and its like in front, where the folder has it. */
  static Glossary read(Path folder, String language) throws IOException {
    return file(folder.resolve("terms." + language + ".md")).or(read(folder));
  }

  private static Glossary file(Path file) throws IOException {
    try {
      return of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return EMPTY;
    }
  }

  /** From text. */
  static Glossary of(String text) {
    Map<String, String> terms = new TreeMap<>();
    String term = "";
    StringBuilder meaning = new StringBuilder();
    for (String line : text.split("\r?\n", -1)) {
      if (line.startsWith("## ")) {
        put(terms, term, meaning);
        term = line.substring(3).strip();
      } else if (!line.startsWith("# ")) {
        meaning.append(SoftBreak.between(meaning, line.strip())).append(line.strip());
      }
    }
    put(terms, term, meaning);
    return new Glossary(terms);
  }

  private static void put(Map<String, String> terms, String term, StringBuilder meaning) {
    if (!term.isEmpty()) {
      terms.put(key(term), meaning.toString().strip());
    }
    meaning.setLength(0);
  }

  private static String key(String term) {
    return term.strip().toLowerCase(Locale.ROOT);
  }

  /** These terms, and those of {@code others} that are not among them. */
  public Glossary or(Glossary others) {
    Map<String, String> both = new TreeMap<>(others.terms);
    both.putAll(terms);
    return new Glossary(both);
  }

  /** What a term means, a paragraph: the lessons' own words first, then the window's. */
  public Optional<String> find(String term) {
    return Optional.ofNullable(terms.get(key(term))).or(() -> Term.find(term).map(Term::text));
  }
}
