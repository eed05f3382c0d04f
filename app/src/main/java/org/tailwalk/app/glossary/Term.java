// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.glossary;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tailwalk.app.text.Texts;

/** A term of the datapath that not everybody knows, and what it means. */
public enum Term {
  CONNTRACK,
  STATUS_NEW,
  STATUS_ESTABLISHED,
  STATUS_REPLY,
  STATUS_RELATED,
  STATUS_REOPENED,
  ENTRY_STATE,
  LIFETIME,
  EXPIRED,
  SWEEP,
  COLLECTOR,
  UNHEARD,
  RAW_CODE,
  UNPOLICED,
  VERDICT,
  FORWARDED,
  PROXIED,
  DROPPED,
  NOT_RUN,
  DROP_REASON,
  TAIL_CALL,
  MISSED_TAIL_CALL,
  IDENTITY,
  ENDPOINT,
  IPCACHE,
  POLICY_MAP,
  MONITOR,
  NOTIFICATION,
  DROP_NOTIFICATION,
  METRIC,
  HOOK,
  DIVERGENCE,
  KERNEL_LANE,
  MODEL_LANE,
  CAPTURE_POINT,
  SCENARIO,
  MARK,
  CB,
  NODE,
  REVERSE_NAT;

  /** What stands for a term in the names of maps, fields and slots. */
  private static final Map<String, Term> SIGNS =
      Map.ofEntries(
          Map.entry("ipcache", IPCACHE),
          Map.entry("policy", POLICY_MAP),
          Map.entry("ct_", CONNTRACK),
          Map.entry("metrics", METRIC),
          Map.entry("endpoints", ENDPOINT),
          Map.entry("cb[", CB),
          Map.entry("mark", MARK),
          Map.entry("_label", IDENTITY),
          Map.entry("dst_id", ENDPOINT),
          Map.entry("reason", DROP_REASON));

  private String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it means, a few sentences in the user's language. */
  public String text() {
    return Texts.of(Term.class).get(key());
  }

  /** The term that a map, field or slot of this name belongs to. */
  public static Optional<Term> of(String name) {
    return SIGNS.entrySet().stream()
        .filter(sign -> name.startsWith(sign.getKey()) || name.endsWith(sign.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /**
   * The term that a text names so, such as {@code tail call}; upper and lower case are the same.
   */
  public static Optional<Term> find(String name) {
    String key = name.strip().toLowerCase(Locale.ROOT).replace(' ', '-');
    return Arrays.stream(values()).filter(t -> t.key().equals(key)).findFirst();
  }
}
