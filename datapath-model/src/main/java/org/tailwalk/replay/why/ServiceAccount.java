// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.Injection;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.PathEvent;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.PacketView;
import org.tailwalk.replay.Reading;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ServiceSpec;
import org.tailwalk.text.Message;

/**
 * What services had to do with a packet: which one it was sent to, how its backend was chosen, and
 * what an answer was translated back to.
 */
final class ServiceAccount {
  private final Scenario scenario;
  private final Injection injection;

  /** The frontend, null when the packet is for no service. */
  private MapKey.@Nullable ServiceKey service;

  private MapValue.@Nullable ServiceEntry frontend;
  private final @Nullable CtStatus known;

  /** The last slot asked, and whether it was there; 0 for none. */
  private int slot;

  private boolean slotHit;
  private boolean slotBeforeBackend;

  /** The last backend asked for, and what was there. */
  private long backendId = -1;

  private MapValue.@Nullable BackendEntry backend;
  private boolean bound;
  private boolean unbound;

  private MapValue.@Nullable ReverseNat reverse;
  private long revNatIndex = -1;

  private ServiceAccount(Scenario scenario, Injection injection, Reading reading) {
    this.scenario = scenario;
    this.injection = injection;
    this.known =
        reading.ct().stream()
            .filter(c -> c.direction() == Reading.Direction.SERVICE)
            .map(Reading.CtLookup::status)
            .findFirst()
            .orElse(null);
  }

  static ServiceAccount of(Scenario scenario, Injection injection, Reading reading, Rows rows) {
    ServiceAccount account = new ServiceAccount(scenario, injection, reading);
    rows.rows().forEach(row -> account.see(row.event()));
    return account;
  }

  private void see(PathEvent event) {
    switch (event) {
      case PathEvent.LookedUp look -> look(look);
      case PathEvent.Deleted deleted when affinity(deleted.map().role()) -> unbound = true;
      default -> {}
    }
  }

  private static boolean affinity(MapRole role) {
    return role == MapRole.LB4_AFFINITY || role == MapRole.LB6_AFFINITY;
  }

  private void look(PathEvent.LookedUp look) {
    switch (look.map().role()) {
      case LB4_SERVICES, LB6_SERVICES -> {
        if (look.key() instanceof MapKey.ServiceKey key) {
          if (key.slot() != 0) {
            slot = key.slot();
            slotHit = look.hit();
            slotBeforeBackend |= backendId < 0;
          } else if (look.hit() && service == null) {
            service = key;
            frontend = look.value() instanceof MapValue.ServiceEntry e ? e : null;
          }
        }
      }
      case LB4_AFFINITY, LB6_AFFINITY -> bound = look.hit();
      case LB4_BACKENDS, LB6_BACKENDS -> {
        backendId = look.key() instanceof MapKey.IndexKey key ? key.index() : -1;
        backend = look.value() instanceof MapValue.BackendEntry e ? e : null;
      }
      case LB4_REVERSE_NAT, LB6_REVERSE_NAT -> {
        revNatIndex = look.key() instanceof MapKey.IndexKey key ? key.index() : -1;
        reverse = look.value() instanceof MapValue.ReverseNat e ? e : null;
      }
      default -> {}
    }
  }

  /** The service and its choice; empty when the packet was for none. */
  Optional<Message> choice() {
    MapKey.ServiceKey key = service;
    if (key == null) {
      return Optional.empty();
    }
    String name = name(key);
    if (frontend != null && (frontend.flags2() & MapValue.ServiceEntry.L7_LB) != 0) {
      return Optional.of(Message.plain(name, ": ", Message.of("why.service.l7")));
    }
    if (backendId < 0) {
      return Optional.of(Message.plain(name, ": ", none()));
    }
    MapValue.BackendEntry chosen = backend;
    if (chosen == null) {
      return Optional.of(
          Message.plain(
              name,
              ": ",
              slot == 0
                  ? Message.of("why.service.lost", backendId)
                  : Message.of("why.service.lost.slot", backendId, slot)));
    }
    return Optional.of(
        Message.of(
            "why.service.backend",
            name,
            how(),
            backendId,
            Words.socket(chosen.address(), chosen.port()),
            hairpin() ? Message.of("why.service.itself") : Message.plain()));
  }

  private Message none() {
    if (frontend != null && frontend.count() == 0) {
      return Message.of("why.service.empty");
    }
    return slot != 0 && !slotHit
        ? Message.of("why.service.no-slot", slot)
        : Message.of("why.service.unchosen");
  }

  private Message how() {
    int count = frontend == null ? 0 : frontend.count();
    Message drawn = Message.of("why.service.drawn", slot, count);
    if (known == CtStatus.NEW) {
      if (slot == 0) {
        return Message.of("why.service.affinity");
      }
      return Message.of(unbound ? "why.service.unbound" : "why.service.new", drawn);
    }
    if (slot == 0) {
      return Message.of(bound ? "why.service.bound" : "why.service.entry");
    }
    return Message.of(slotBeforeBackend ? "why.service.renumbered" : "why.service.closed", drawn);
  }

  private String name(MapKey.ServiceKey key) {
    String address = Words.socket(key.address(), key.dport());
    return scenario.node().services().stream()
        .filter(s -> s.address().equals(key.address()) && s.port() == key.dport())
        .map(ServiceSpec::name)
        .filter(n -> !n.isEmpty())
        .findFirst()
        .map(n -> address + " (" + n + ")")
        .orElse(address);
  }

  /** Whether the service sent the pod back to itself. */
  boolean hairpin() {
    MapValue.BackendEntry chosen = backend;
    return chosen != null && !chosen.address().v6() && chosen.address().equals(source());
  }

  private @Nullable IpAddress source() {
    return PacketView.of(injection.frame()).ip().map(i -> i.src()).orElse(null);
  }

  /** What an answer was translated back to; empty when it was not. */
  Optional<Message> back() {
    MapValue.ReverseNat to = reverse;
    if (revNatIndex < 0) {
      return Optional.empty();
    }
    return Optional.of(
        to == null
            ? Message.of("why.back.nowhere", revNatIndex)
            : Message.of("why.back", Words.socket(to.address(), to.port()), revNatIndex));
  }

  /** Whether this is a pod's answer to itself, translated back. */
  boolean answersItself(int policyEndpoint) {
    return reverse != null && injection.endpoint() == policyEndpoint;
  }
}
