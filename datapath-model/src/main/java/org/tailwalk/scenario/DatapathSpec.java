// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which datapath to load: {@code bundled:ERA[/dual|v4|v6][,+option,-option]} or an object file. The
 * options of a file say how it was built, so that the model can be built alike; they change nothing
 * in the file.
 *
 * @param source what is loaded
 * @param options switches that differ from the reference build
 */
public record DatapathSpec(Source source, Map<DatapathOption, Boolean> options) {
  /** The bundled datapath at the seed commit, both families. */
  public static final DatapathSpec DEFAULT =
      new DatapathSpec(new Bundled(Era.SEED, Families.DUAL), Map.of());

  /** Which address families are compiled in. */
  public enum Families {
    DUAL,
    V4,
    V6;

    /** The word in a datapath's name. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is loaded. */
  public sealed interface Source {}

  /** Our own programs. */
  public record Bundled(Era era, Families families) implements Source {}

  /**
   * Somebody's object.
   *
   * @param path as given
   */
  public record ObjectFile(String path) implements Source {}

  /** Keeps its own copy, in the options' order. */
  public DatapathSpec {
    EnumMap<DatapathOption, Boolean> copy = new EnumMap<>(DatapathOption.class);
    copy.putAll(options);
    options = Collections.unmodifiableMap(copy);
  }

  /**
   * Parses a datapath's name. Options may be given by the macro's name or in short ({@code
   * +drop-notify}); what does not begin with {@code bundled:} is a file.
   *
   * @throws IllegalArgumentException naming the piece that is wrong and the words there are
   */
  public static DatapathSpec parse(String text) {
    List<String> pieces = new ArrayList<>(List.of(text.split(",(?=[+-])", -1)));
    String head = pieces.removeFirst();
    Source source = head.startsWith("bundled:") ? bundled(head.substring(8)) : file(head);
    Map<DatapathOption, Boolean> options = new EnumMap<>(DatapathOption.class);
    for (String piece : pieces) {
      options.put(DatapathOption.parse(piece.substring(1)), piece.charAt(0) == '+');
    }
    return new DatapathSpec(source, options);
  }

  private static Source bundled(String text) {
    int slash = text.indexOf('/');
    String era = slash < 0 ? text : text.substring(0, slash);
    Families families = Families.DUAL;
    if (slash >= 0) {
      String word = text.substring(slash + 1);
      families =
          switch (word) {
            case "dual" -> Families.DUAL;
            case "v4" -> Families.V4;
            case "v6" -> Families.V6;
            default ->
                throw new IllegalArgumentException(
                    "unknown families \""
                        + word
                        + "\" in a datapath's name; there are dual, v4, v6");
          };
    }
    return new Bundled(Era.parse(era), families);
  }

  private static Source file(String path) {
    if (path.isEmpty()) {
      throw new IllegalArgumentException(
          "a datapath is bundled:ERA[/dual|v4|v6][,+option,-option] or a file, not an empty word");
    }
    return new ObjectFile(path);
  }

  /** Whose code it behaves like; an object file is taken for the seed commit's. */
  public Era era() {
    return switch (source) {
      case Bundled bundled -> bundled.era();
      case ObjectFile _ -> Era.SEED;
    };
  }

  /** The build this describes, with the given constants. */
  public DatapathConfig config(DatapathConstants constants) {
    DatapathConfig config = DatapathConfig.dual(era()).withConstants(constants);
    if (source instanceof Bundled bundled) {
      config =
          config
              .with(DatapathOption.ENABLE_IPV4, bundled.families() != Families.V6)
              .with(DatapathOption.ENABLE_IPV6, bundled.families() != Families.V4);
    }
    for (Map.Entry<DatapathOption, Boolean> option : options.entrySet()) {
      config = config.with(option.getKey(), option.getValue());
      // Two answers to ARP can't be compiled in at once: asking for one takes the other out.
      if (option.getValue() && option.getKey() == DatapathOption.ENABLE_ARP_PASSTHROUGH) {
        config = config.with(DatapathOption.ENABLE_ARP_RESPONDER, false);
      }
    }
    return config;
  }

  /** The same datapath with a switch on or off. */
  public DatapathSpec with(DatapathOption option, boolean on) {
    EnumMap<DatapathOption, Boolean> changed = new EnumMap<>(DatapathOption.class);
    changed.putAll(options);
    changed.put(option, on);
    return new DatapathSpec(source, changed);
  }

  /** The name, as {@link #parse} reads it; {@code /dual} is left out. */
  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(
            switch (source) {
              case Bundled(Era era, Families families) ->
                  "bundled:"
                      + era.label()
                      + (families == Families.DUAL ? "" : "/" + families.label());
              case ObjectFile(String path) -> path;
            });
    options.forEach((option, on) -> text.append(',').append(on ? '+' : '-').append(option.label()));
    return text.toString();
  }
}
