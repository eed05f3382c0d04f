// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.Verdict;
import org.tailwalk.scenario.Era;

/**
 * What a trace means: derived from it, never compared.
 *
 * @param returnCode signed
 * @param dropReason null when nothing went wrong, or no reason can be told
 * @param notified whether a drop event was emitted; null when not dropped and nothing went wrong
 * @param metricCounted whether a metric counted what went wrong
 * @param ct every conntrack lookup, in order
 * @param policy every policy decision, in order
 */
public record Reading(
    Verdict verdict,
    int returnCode,
    @Nullable Reason dropReason,
    @Nullable Boolean notified,
    boolean metricCounted,
    List<CtLookup> ct,
    List<PolicyDecision> policy) {
  /** Keeps its own copies. */
  public Reading {
    ct = List.copyOf(ct);
    policy = List.copyOf(policy);
  }

  /** How a derived fact is known. */
  public enum Evidence {
    /** The datapath wrote it down itself. */
    OBSERVED,
    /** It follows from what was observed. */
    INFERRED,
    /** It can't be told. */
    UNKNOWN;

    /** The word in JSON. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The direction a conntrack lookup or a policy decision was made for. */
  public enum Direction {
    EGRESS,
    INGRESS,
    SERVICE;

    /** The word in JSON. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Why a packet was dropped or let through unpoliced.
   *
   * @param code 8 bits, as the datapath reported it; from the raw code where it reported nothing
   * @param name the symbol, or the number where there is none
   */
  public record Reason(int code, String name) {
    /** The reason of a code. */
    public static Reason of(int code) {
      return new Reason(
          code, DropReason.ofCode(code).map(Enum::name).orElse(Integer.toString(code)));
    }

    /** The monitor's words. */
    public String text() {
      return DropReason.describe(code, 0);
    }
  }

  /**
   * A conntrack lookup.
   *
   * @param endpoint whose program looked
   * @param map which conntrack map
   * @param tuple as first looked up
   * @param found the key that hit; null when none did
   * @param status null when it can't be told
   */
  public record CtLookup(
      int endpoint,
      Direction direction,
      MapRole map,
      MapKey.CtTuple tuple,
      MapKey.@Nullable CtTuple found,
      @Nullable CtStatus status,
      Evidence evidence) {}

  /** How much of a policy key matched; the code is the notification's. */
  public enum PolicyMatch {
    NONE,
    L3_ONLY,
    L3_L4,
    L4_ONLY,
    ALL
  }

  /**
   * A policy decision.
   *
   * @param tried the keys looked up, in order
   * @param winner the key that hit; null when none did
   * @param verdict the notification's (0 allow, below 0 the drop code, above 0 a proxy port as
   *     stored); null when no notification was sent
   */
  public record PolicyDecision(
      int endpoint,
      Direction direction,
      List<MapKey.PolicyKey> tried,
      MapKey.@Nullable PolicyKey winner,
      PolicyMatch match,
      @Nullable Integer verdict,
      Evidence evidence) {
    /** Keeps its own copy. */
    public PolicyDecision {
      tried = List.copyOf(tried);
    }
  }

  /**
   * Reads a trace.
   *
   * @param era whose code ran: in 2020 there was no status for an entry that a SYN opens again
   */
  public static Reading of(PathTrace trace, Era era) {
    return new TraceReader(trace, era).read();
  }

  /** The last conntrack lookup's status. */
  public Optional<CtStatus> ctResult() {
    return ct.isEmpty() ? Optional.empty() : Optional.ofNullable(ct.getLast().status());
  }

  /** Something went wrong, and neither a drop event nor a metric tells. */
  public boolean unheard() {
    return Boolean.FALSE.equals(notified) && !metricCounted;
  }

  /** Whether the packet was dropped, or passed on a code that the hook doesn't know. */
  public boolean wentWrong() {
    return notified != null;
  }
}
