// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.tailwalk.text.Message;

/**
 * A field of the filter language. A packet may have none, one or several values of it.
 *
 * @param name as written, with Wireshark's name where Wireshark has it
 * @param level how much of a packet must be at hand to read it
 * @param about a few words on it
 * @param names for {@link Type#NUMBER}: words that stand for numbers, in lower case; for {@link
 *     Type#WORD}: all words there are, with any numbers
 * @param values reads it: {@link Long} for BOOL (0, 1), NUMBER and TIME (nanoseconds), {@link
 *     String} for TEXT and WORD, {@link org.tailwalk.packet.IpAddress}, {@link
 *     org.tailwalk.packet.MacAddress}, {@link org.tailwalk.packet.Bytes}; for PROTOCOL anything
 */
public record Field(
    String name, Type type, Level level, Message about, Map<String, Long> names, Values values) {
  /** What a field holds. */
  public enum Type {
    /** Yes or no. */
    BOOL,
    NUMBER,
    /** Seconds, compared to the nanosecond. */
    TIME,
    IPV4,
    IPV6,
    MAC,
    TEXT,
    BYTES,
    /** One of a few words. */
    WORD,
    /** There or not; has no value. */
    PROTOCOL;

    /** In a word or two. */
    public Message label() {
      return Message.of("filter.type." + name().toLowerCase(Locale.ROOT));
    }
  }

  /** Hands a packet's values to a consumer. */
  @FunctionalInterface
  public interface Values {
    /** Each value, in order. */
    void each(Subject of, Consumer<Object> to);
  }

  /** What may be written behind an operator, for completion. */
  public List<String> words() {
    return names.keySet().stream().sorted().toList();
  }
}
