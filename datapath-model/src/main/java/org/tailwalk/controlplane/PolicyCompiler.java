// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.controlplane;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tailwalk.scenario.NodeState;
import org.tailwalk.scenario.Policy;
import org.tailwalk.scenario.SecurityIdentity;

/**
 * Turns an endpoint's filters into entries of its policy map, as the agent does: section 11 of the
 * datapath facts.
 */
public final class PolicyCompiler {
  private static final long HOST = 1;

  private final NodeState node;

  /** A compiler over the identities of a node. */
  public PolicyCompiler(NodeState node) {
    this.node = node;
  }

  /**
   * An entry of a policy map and where it came from.
   *
   * @param origins who contributed it, in order; at least one
   */
  public record Compiled(Policy.Key key, List<PolicyOrigin> origins) {
    /** Keeps its own copy. */
    public Compiled {
      origins = List.copyOf(origins);
    }
  }

  /** The entries of one endpoint's policy map. */
  public List<Policy.Key> keys(int endpoint) {
    return compiled(endpoint).stream().map(Compiled::key).toList();
  }

  /** The entries of one endpoint's policy map, each with where it came from. */
  public List<Compiled> compiled(int endpoint) {
    return switch (node.policy()) {
      case Policy.Keys(List<Policy.Key> keys) ->
          keys.stream()
              .filter(k -> k.endpoint() == endpoint)
              .map(k -> new Compiled(k, List.of(new PolicyOrigin.Raw())))
              .toList();
      case Policy.Filters(List<Policy.EndpointFilters> all) -> {
        Policy.EndpointFilters filters =
            all.stream()
                .filter(f -> f.endpoint() == endpoint)
                .findFirst()
                .orElse(new Policy.EndpointFilters(endpoint, null, null, List.of()));
        yield compile(filters);
      }
    };
  }

  private List<Compiled> compile(Policy.EndpointFilters filters) {
    PolicyMapState state = new PolicyMapState();
    direction(filters, filters.ingress(), false, state);
    direction(filters, filters.egress(), true, state);
    if (filters.ingress() == null) {
      open(state, 0, false, new PolicyOrigin.NotEnforced(false));
    }
    if (filters.egress() == null) {
      open(state, 0, true, new PolicyOrigin.NotEnforced(true));
    }
    // The host may always talk to its pods, probes come from there; an explicit deny still wins.
    open(state, HOST, false, new PolicyOrigin.Host());
    Map<PolicyMapState.Key, PolicyMapState.Entry> entries = new LinkedHashMap<>(state.entries());
    // A redirect whose proxy has no port yet is left out for now.
    entries.values().removeIf(e -> e.redirect() && !e.deny() && e.proxyPort() == 0);
    List<Compiled> keys = new ArrayList<>();
    entries.forEach((key, entry) ->
        keys.add(
            new Compiled(
                new Policy.Key(
                    filters.endpoint(),
                    key.egress(),
                    key.identity(),
                    key.port(),
                    key.protocol(),
                    entry.redirect() && !entry.deny() ? entry.proxyPort() : 0,
                    entry.deny()),
                entry.owners().stream().map(PolicyCompiler::origin).toList())));
    return keys;
  }

  private static void open(
      PolicyMapState state, long identity, boolean egress, PolicyOrigin origin) {
    state.insert(
        new PolicyMapState.Key(identity, 0, 0, egress),
        PolicyMapState.Entry.of(false, false, 0, origin));
  }

  private static PolicyOrigin origin(Object owner) {
    return switch (owner) {
      case PolicyOrigin origin -> origin;
      case PolicyMapState.Key key -> new PolicyOrigin.Denied(key.identity());
      default -> throw new IllegalStateException("an entry owned by " + owner);
    };
  }

  private void direction(
      Policy.EndpointFilters endpoint,
      @Nullable List<Policy.L4Filter> filters,
      boolean egress,
      PolicyMapState state) {
    if (filters == null) {
      return;
    }
    for (Policy.L4Filter filter : merged(filters)) {
      filter(endpoint, filter, egress, state);
    }
  }

  /** The agent keeps one filter for a port and protocol, and one rule in it for a selector. */
  private static List<Policy.L4Filter> merged(List<Policy.L4Filter> filters) {
    record Slot(int port, @Nullable String name, int protocol) {}
    Map<Slot, Map<Policy.Selector, Policy.SelectorRule>> slots = new LinkedHashMap<>();
    for (Policy.L4Filter filter : filters) {
      Map<Policy.Selector, Policy.SelectorRule> rules =
          slots.computeIfAbsent(
              new Slot(filter.port(), filter.portName(), filter.protocol()),
              _ -> new LinkedHashMap<>());
      for (Policy.SelectorRule rule : filter.rules()) {
        rules.merge(rule.selector(), rule, PolicyCompiler::stronger);
      }
    }
    List<Policy.L4Filter> merged = new ArrayList<>();
    slots.forEach((slot, rules) ->
        merged.add(
            new Policy.L4Filter(
                slot.port(), slot.name(), slot.protocol(), List.copyOf(rules.values()))));
    return merged;
  }

  private static Policy.SelectorRule stronger(Policy.SelectorRule a, Policy.SelectorRule b) {
    if (a.deny() != b.deny()) {
      return a.deny() ? a : b;
    }
    return b.redirect() && !a.redirect() ? b : a;
  }

  private void filter(
      Policy.EndpointFilters endpoint,
      Policy.L4Filter filter,
      boolean egress,
      PolicyMapState state) {
    int port = filter.port();
    boolean anyPort = port == 0 && filter.portName() == null;
    if (port == 0 && filter.portName() != null) {
      port = resolve(endpoint, filter.portName(), filter.protocol());
      if (port == 0) {
        return;
      }
    }
    Policy.SelectorRule wildcard = null;
    for (Policy.SelectorRule rule : filter.rules()) {
      if (rule.selector() instanceof Policy.Selector.Wildcard) {
        wildcard = rule;
      }
    }
    for (Policy.SelectorRule rule : filter.rules()) {
      boolean isWildcard = rule.selector() instanceof Policy.Selector.Wildcard;
      if (!anyPort && wildcard != null && !isWildcard && skipped(rule, wildcard)) {
        continue;
      }
      PolicyMapState.Entry entry =
          PolicyMapState.Entry.of(
              rule.deny(),
              rule.redirect() && !rule.deny(),
              rule.proxyPort(),
              new PolicyOrigin.Rule(egress, filter, rule));
      for (long identity : identities(rule.selector())) {
        state.insert(new PolicyMapState.Key(identity, port, filter.protocol(), egress), entry);
      }
    }
  }

  private static int resolve(Policy.EndpointFilters endpoint, String name, int protocol) {
    return endpoint.namedPorts().stream()
        .filter(p -> p.name().equals(name) && (protocol == 0 || p.protocol() == protocol))
        .mapToInt(Policy.NamedPort::port)
        .findFirst()
        .orElse(0);
  }

  /**
   * Whether a filter's wildcard makes a narrower key needless: the skip table, which asks of the
   * narrow rule and of the wildcard whether it is a redirect, an allow or a deny.
   */
  static boolean skipped(Policy.SelectorRule narrow, Policy.SelectorRule wildcard) {
    if (wildcard.deny()) {
      return true;
    }
    if (narrow.deny()) {
      return false;
    }
    return wildcard.redirect() || !narrow.redirect();
  }

  private List<Long> identities(Policy.Selector selector) {
    return switch (selector) {
      case Policy.Selector.Wildcard _ -> List.of(0L);
      case Policy.Selector.Ids(List<Long> ids) -> ids;
      case Policy.Selector.Labels(List<String> wanted) -> {
        List<Long> found = new ArrayList<>();
        Map<Long, List<String>> known = new LinkedHashMap<>();
        SecurityIdentity.RESERVED.keySet().stream()
            .sorted()
            .forEach(id -> known.put(id, node.labels(id)));
        node.identities().forEach(i -> known.put(i.id(), i.labels()));
        known.forEach((id, labels) -> {
          if (wanted.stream().allMatch(w -> labels.stream().anyMatch(l -> matches(w, l)))) {
            found.add(id);
          }
        });
        yield found;
      }
    };
  }

  /** A label without a source, or with the source {@code any}, is met whatever the source. */
  private static boolean matches(String wanted, String label) {
    int colon = wanted.indexOf(':');
    int equals = wanted.indexOf('=');
    boolean sourced = colon >= 0 && (equals < 0 || colon < equals);
    if (sourced && !wanted.startsWith("any:")) {
      return wanted.equals(label);
    }
    String bare = sourced ? wanted.substring(colon + 1) : wanted;
    return Objects.equals(bare, label.substring(label.indexOf(':') + 1));
  }
}
