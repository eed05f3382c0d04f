// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of one language, read once. Texts are written as {@link java.text.MessageFormat} has
 * them, with numbered places alone; values go in as they are, since a packet's number and a
 * program's slot want no thousands mark.
 */
final class Phrases {
  private static final Map<Locale, Phrases> KNOWN = new ConcurrentHashMap<>();

  private final ResourceBundle bundle;
  private final Map<String, List<Piece>> texts = new ConcurrentHashMap<>();

  /** Words, or with a place of 0 or more the value that stands there. */
  private record Piece(String words, int place) {}

  private Phrases(ResourceBundle bundle) {
    this.bundle = bundle;
  }

  static Phrases of(Locale language) {
    return KNOWN.computeIfAbsent(
        language,
        l ->
            new Phrases(
                ResourceBundle.getBundle(
                    "org.tailwalk.text.core",
                    l,
                    Phrases.class.getClassLoader(),
                    ResourceBundle.Control.getNoFallbackControl(
                        ResourceBundle.Control.FORMAT_PROPERTIES))));
  }

  void append(Message message, StringBuilder to) {
    if (message.key().isEmpty()) {
      message.values().forEach(v -> value(v, to));
      return;
    }
    for (Piece piece : texts.computeIfAbsent(message.key(), k -> pieces(bundle.getString(k)))) {
      if (piece.place < 0) {
        to.append(piece.words);
      } else if (piece.place < message.values().size()) {
        value(message.values().get(piece.place), to);
      } else {
        throw new MissingResourceException(
            "no value for place " + piece.place, "core", message.key());
      }
    }
  }

  /** The message that reads like a sentence; its values are what stands at its places. */
  Optional<Message> find(String prefix, String sentence) {
    for (String key : new TreeSet<>(bundle.keySet())) {
      if (key.startsWith(prefix)) {
        List<Piece> pieces = pieces(bundle.getString(key));
        StringBuilder pattern = new StringBuilder();
        Object[] values = new Object[pieces.size()];
        List<Integer> places = new ArrayList<>();
        for (Piece piece : pieces) {
          pattern.append(piece.place < 0 ? Pattern.quote(piece.words) : "(.+)");
          if (piece.place >= 0) {
            places.add(piece.place);
          }
        }
        Matcher found = Pattern.compile(pattern.toString()).matcher(sentence);
        if (found.matches()) {
          for (int i = 0; i < places.size(); i++) {
            values[places.get(i)] = found.group(i + 1);
          }
          return Optional.of(Message.of(key, Arrays.copyOf(values, places.size())));
        }
      }
    }
    return Optional.empty();
  }

  private void value(Object value, StringBuilder to) {
    if (value instanceof Message inner) {
      append(inner, to);
    } else {
      to.append(value);
    }
  }

  private static List<Piece> pieces(String text) {
    List<Piece> pieces = new ArrayList<>();
    String plain = text.replace("''", "'");
    int at = 0;
    for (int open = plain.indexOf('{'); open >= 0; open = plain.indexOf('{', at)) {
      int close = plain.indexOf('}', open);
      pieces.add(new Piece(plain.substring(at, open), -1));
      pieces.add(new Piece("", Integer.parseInt(plain.substring(open + 1, close))));
      at = close + 1;
    }
    pieces.add(new Piece(plain.substring(at), -1));
    return List.copyOf(pieces);
  }
}
