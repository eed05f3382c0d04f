// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tailwalk.app.text.Texts;
import org.tailwalk.engine.MapOp;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.packet.Protocols;
import org.tailwalk.replay.whatif.Variant;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Fault;
import org.tailwalk.scenario.ReplaySettings;
import org.tailwalk.scenario.Scenario;

/** The changes that the forms make. */
final class Changes {
  private static final Texts TEXTS = Texts.of(Changes.class);

  private Changes() {}

  /** What a policy entry is to say. */
  enum PolicyVerdict {
    ALLOW,
    DENY,
    REMOVE
  }

  /**
   * A number that was typed.
   *
   * @throws IllegalArgumentException naming it and its range
   */
  static long number(String text, long most, String name) {
    long number = -1;
    try {
      number = Long.decode(text.strip());
    } catch (NumberFormatException e) {
      // Told below, with the range.
    }
    if (number < 0 || number > most) {
      throw new IllegalArgumentException(TEXTS.get("number", name, text, Long.toString(most)));
    }
    return number;
  }

  static Variant policy(
      Variant variant, int endpoint, MapKey.PolicyKey key, PolicyVerdict verdict) {
    MapRef map = MapRef.of(MapRole.POLICY, endpoint);
    String words =
        TEXTS.get(
            "change.policy",
            TEXTS.get("policy." + verdict.name().toLowerCase(Locale.ROOT)),
            TEXTS.get(key.egress() ? "policy.egress" : "policy.ingress"),
            Long.toString(key.identity()),
            Integer.toString(key.dport()),
            key.protocol() == 0 ? "*" : Protocols.name(key.protocol()),
            Integer.toString(endpoint));
    return variant.withWrite(
        verdict == PolicyVerdict.REMOVE
            ? new MapOp.Delete(map, key)
            : new MapOp.Put(
                map, key, new MapValue.PolicyEntry(0, verdict == PolicyVerdict.DENY, 0, 0)),
        words);
  }

  static Variant option(Variant variant, DatapathOption option, boolean on) {
    Scenario scenario = variant.scenario();
    return variant.withScenario(
        scenario.withDatapath(scenario.datapath().with(option, on)),
        TEXTS.get(on ? "change.option-on" : "change.option-off", option.label()));
  }

  static Variant lift(Variant variant, Fault fault) {
    List<Fault> faults = new ArrayList<>(variant.scenario().settings().faults());
    faults.remove(fault);
    return variant.withScenario(
        faults(variant.scenario(), faults), TEXTS.get("change.lift", words(fault)));
  }

  static Variant add(Variant variant, Fault fault) {
    List<Fault> faults = new ArrayList<>(variant.scenario().settings().faults());
    faults.add(fault);
    return variant.withScenario(
        faults(variant.scenario(), faults), TEXTS.get("change.fault", words(fault)));
  }

  static Fault emptySlot(String text) {
    return new Fault.EmptySlot(0, MapRole.CALLS, number(text, 63, TEXTS.get("fault.slot")));
  }

  static Fault burn(String text) {
    return new Fault.BurnCalls((int) number(text, 33, TEXTS.get("fault.calls")));
  }

  private static Scenario faults(Scenario scenario, List<Fault> faults) {
    ReplaySettings s = scenario.settings();
    return scenario.withSettings(
        new ReplaySettings(
            s.gc(), s.clockBaseSeconds(), s.seed(), s.ctCapacity(), faults, s.rules()));
  }

  static String words(Fault fault) {
    return switch (fault) {
      case Fault.EmptySlot(_, MapRole map, long slot) ->
          TEXTS.get("fault.empty-slot", Long.toString(slot), map.name().toLowerCase(Locale.ROOT));
      case Fault.ConntrackFull() -> TEXTS.get("fault.conntrack-full");
      case Fault.BufferRefuses() -> TEXTS.get("fault.buffer-refuses");
      case Fault.Truncate(long packet, int length) ->
          TEXTS.get("fault.truncate", Long.toString(packet), Integer.toString(length));
      case Fault.BurnCalls(int calls) -> TEXTS.get("fault.burn-calls", Integer.toString(calls));
    };
  }
}
