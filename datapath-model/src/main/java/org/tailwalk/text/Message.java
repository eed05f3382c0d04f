// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;

/**
 * A sentence before it has a language: a key of the bundle and what fills its places. It is made
 * where something is known and read where somebody looks, each in the language of its reader.
 *
 * @param key the name of the text; empty for values that stand one after the other as they are
 * @param values strings and messages
 */
public record Message(String key, List<Object> values) {
  /** Keeps its own copy, with everything but messages as text. */
  public Message {
    values =
        values.stream().map(v -> v instanceof Message ? v : (Object) String.valueOf(v)).toList();
  }

  /** A text of the bundle with its places filled. */
  public static Message of(String key, Object... values) {
    return new Message(key, List.of(values));
  }

  /** Values one after the other, in no language: names, numbers, other messages. */
  public static Message plain(Object... values) {
    return new Message("", List.of(values));
  }

  /**
   * The text of the bundle that an English sentence is, as when one of ours is read back from a
   * file; the sentence as it stands where it is none.
   *
   * @param prefix of the keys that come into question
   */
  public static Message recognized(String prefix, String sentence) {
    return Phrases.of(Locale.ENGLISH).find(prefix, sentence).orElseGet(() -> plain(sentence));
  }

  /** Messages with a mark between them. */
  public static Message joined(String between, List<Message> parts) {
    List<Object> values = new ArrayList<>();
    for (Message part : parts) {
      if (!values.isEmpty()) {
        values.add(between);
      }
      values.add(part);
    }
    return new Message("", values);
  }

  /**
   * In a language; in English where that one lacks it.
   *
   * @throws MissingResourceException when there is no text of this name
   */
  public String in(Locale language) {
    StringBuilder text = new StringBuilder();
    Phrases.of(language).append(this, text);
    return text.toString();
  }

  /** In English, as the commands and JSON have it. */
  public String english() {
    return in(Locale.ENGLISH);
  }

  @Override
  public String toString() {
    return english();
  }
}
