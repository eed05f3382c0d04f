// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may talk to whom: map entries as they are, or filters that the control plane compiles. */
public sealed interface Policy {
  /** No policy at all: no direction is enforced, so everything is allowed. */
  Filters ALLOW_ALL = new Filters(List.of());

  /** Entries of the policy maps, word for word; nothing is added. */
  record Keys(List<Key> keys) implements Policy {
    /** Keeps its own copy. */
    public Keys {
      keys = List.copyOf(keys);
    }
  }

  /**
   * One entry of an endpoint's policy map.
   *
   * @param identity 0 for any
   * @param port host order, 0 for any
   * @param protocol IP protocol number, 0 for any
   * @param proxyPort host order, 0 for a plain allow
   */
  record Key(
      int endpoint,
      boolean egress,
      long identity,
      int port,
      int protocol,
      int proxyPort,
      boolean deny) {}

  /** Filters by endpoint; an endpoint that is not named has none. */
  record Filters(List<EndpointFilters> endpoints) implements Policy {
    /** Keeps its own copy. */
    public Filters {
      endpoints = List.copyOf(endpoints);
    }
  }

  /**
   * The filters of one endpoint.
   *
   * @param ingress null: the direction is not enforced; an empty list allows nothing
   * @param egress likewise
   * @param namedPorts the ports that the endpoint's containers name
   */
  record EndpointFilters(
      int endpoint,
      @Nullable List<L4Filter> ingress,
      @Nullable List<L4Filter> egress,
      List<NamedPort> namedPorts) {
    /** Keeps its own copies. */
    public EndpointFilters {
      ingress = ingress == null ? null : List.copyOf(ingress);
      egress = egress == null ? null : List.copyOf(egress);
      namedPorts = List.copyOf(namedPorts);
    }
  }

  /**
   * A port with a name.
   *
   * @param protocol IP protocol number
   */
  record NamedPort(String name, int protocol, int port) {}

  /**
   * A filter on one port and protocol.
   *
   * @param port host order, 0 for any
   * @param portName resolved through the endpoint when {@code port} is 0; else null
   * @param protocol IP protocol number, 0 for any
   * @param rules one for each selector
   */
  record L4Filter(int port, @Nullable String portName, int protocol, List<SelectorRule> rules) {
    /** Keeps its own copy. */
    public L4Filter {
      rules = List.copyOf(rules);
    }
  }

  /**
   * What a filter says of one selector.
   *
   * @param deny whether it denies
   * @param redirect whether traffic goes through the proxy (L7 rules)
   * @param proxyPort the proxy's port, host order; 0 when it has none yet
   */
  record SelectorRule(Selector selector, boolean deny, boolean redirect, int proxyPort) {}

  /** Which identities a rule speaks of. */
  sealed interface Selector {
    /** The wildcard selector: everybody. */
    record Wildcard() implements Selector {}

    /**
     * Identities that have all of these labels ({@code k8s:app=web}; {@code app=web}: any source).
     */
    record Labels(List<String> labels) implements Selector {
      /** Keeps its own copy. */
      public Labels {
        labels = List.copyOf(labels);
      }
    }

    /** Identities by number. */
    record Ids(List<Long> ids) implements Selector {
      /** Keeps its own copy. */
      public Ids {
        ids = List.copyOf(ids);
      }
    }
  }
}
