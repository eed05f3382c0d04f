// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.kernel.LoadedProgram;
import org.tailwalk.datapath.program.EndpointPrograms;
import org.tailwalk.datapath.tailcall.CallIndex;
import org.tailwalk.engine.ProgramGraph;
import org.tailwalk.engine.ProgramGraph.Edge;
import org.tailwalk.engine.ProgramGraph.Node;
import org.tailwalk.event.MapRole;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Era;

/**
 * The programs of a build and the tail calls between them (section 1.4). A call that is code in
 * place in this build is no edge, but its callee's calls are edges of the program it stands in.
 */
final class ModelGraph {
  private final DatapathConfig config;
  private final Set<String> ids;
  private final List<Edge> edges = new ArrayList<>();

  private ModelGraph(DatapathConfig config, Set<String> ids) {
    this.config = config;
    this.ids = ids;
  }

  static ProgramGraph of(DatapathConfig config, Collection<EndpointPrograms> endpoints) {
    if (endpoints.isEmpty()) {
      return new ProgramGraph(List.of(), List.of());
    }
    Collection<LoadedProgram> programs = endpoints.iterator().next().all();
    List<Node> nodes =
        programs.stream().map(p -> new Node(p.ref().id(), p.function(), p.section(), 0)).toList();
    Set<String> ids = nodes.stream().map(Node::id).collect(Collectors.toUnmodifiableSet());
    ModelGraph graph = new ModelGraph(config, ids);
    if (config.era() == Era.LOOPER) {
      graph.edges.add(new Edge("classifier", "42/0", MapRole.OTHER, 0));
      graph.edges.add(new Edge("42/0", "42/0", MapRole.OTHER, 0));
    } else {
      graph.build();
    }
    return new ProgramGraph(nodes, graph.edges);
  }

  private boolean has(DatapathOption option) {
    return config.has(option);
  }

  private void build() {
    if (has(DatapathOption.ENABLE_IPV4)) {
      family(Family.IPV4);
    }
    if (has(DatapathOption.ENABLE_IPV6)) {
      family(Family.IPV6);
      String handle = handle(Family.IPV6);
      edge(handle, CallIndex.HANDLE_ICMP6_NS);
      edge(handle, CallIndex.SEND_ICMP6_ECHO_REPLY);
      edge(cont(Family.IPV6), CallIndex.SEND_ICMP6_TIME_EXCEEDED);
      edge(toEndpoint(Family.IPV6), CallIndex.SEND_ICMP6_TIME_EXCEEDED);
    }
    if (ids.contains(call(CallIndex.ARP))) {
      edge("from-container", CallIndex.ARP);
    }
    hostFirewall();
    if (has(DatapathOption.ENABLE_L7_LB)) {
      edges.add(new Edge("to-container", "policy-egress", MapRole.POLICY_EGRESS_CALL, -1));
    }
    notifications();
  }

  private void family(Family family) {
    chain("from-container", CallIndex.fromLxc(family));
    chain(handle(family), CallIndex.ctEgress(family));
    chain(call(CallIndex.ctEgress(family)), CallIndex.fromLxcCont(family));
    if (!has(DatapathOption.USE_BPF_PROG_FOR_INGRESS_POLICY)) {
      edges.add(new Edge(cont(family), "policy", MapRole.POLICY_CALL, -1));
    }
    chain("policy", CallIndex.ctIngressPolicyOnly(family));
    String beforePolicy = present(CallIndex.ctIngressPolicyOnly(family), "policy");
    chain(beforePolicy, CallIndex.toLxcPolicyOnly(family));
    chain("to-container", CallIndex.ctIngress(family));
    chain(present(CallIndex.ctIngress(family), "to-container"), CallIndex.toEndpoint(family));
    if (has(DatapathOption.ENABLE_L7_LB)) {
      edge("policy-egress", CallIndex.fromLxc(family));
    }
  }

  /** An edge, where caller and callee are programs of this build. */
  private void chain(String from, int slot) {
    if (ids.contains(from) && ids.contains(call(slot))) {
      edge(from, slot);
    }
  }

  /** The program in a slot, or the one that holds its code in place. */
  private String present(int slot, String otherwise) {
    return ids.contains(call(slot)) ? call(slot) : otherwise;
  }

  private String handle(Family family) {
    return present(CallIndex.fromLxc(family), "from-container");
  }

  /** The program that holds the code of tail_handle_ipvN_cont. */
  private String cont(Family family) {
    return present(CallIndex.fromLxcCont(family), handle(family));
  }

  private String toEndpoint(Family family) {
    return present(CallIndex.toEndpoint(family), "to-container");
  }

  private void hostFirewall() {
    if (!has(DatapathOption.ENABLE_HOST_FIREWALL) || has(DatapathOption.ENABLE_ROUTING)) {
      return;
    }
    long host = config.constants().hostEpId();
    edges.add(new Edge("to-container", "policy", MapRole.POLICY_CALL, host));
    for (Family family : Family.values()) {
      if (has(family.v6() ? DatapathOption.ENABLE_IPV6 : DatapathOption.ENABLE_IPV4)) {
        edges.add(new Edge(cont(family), "policy", MapRole.POLICY_CALL, host));
      }
    }
  }

  /** Every program may tell of a drop, but the one that does it, and the conntrack programs. */
  private void notifications() {
    if (!has(DatapathOption.DROP_NOTIFY)) {
      return;
    }
    for (String id : ids.stream().sorted().toList()) {
      if (!id.equals(call(CallIndex.DROP_NOTIFY)) && !silent(id)) {
        edge(id, CallIndex.DROP_NOTIFY);
      }
    }
  }

  private boolean silent(String id) {
    if (config.era().atLeast(Era.PR25426)) {
      return false;
    }
    for (Family family : Family.values()) {
      if (id.equals(call(CallIndex.ctEgress(family)))
          || id.equals(call(CallIndex.ctIngress(family)))
          || id.equals(call(CallIndex.ctIngressPolicyOnly(family)))) {
        return true;
      }
    }
    return id.equals(call(CallIndex.SEND_ICMP6_TIME_EXCEEDED))
        && !has(DatapathOption.HAVE_CHANGE_TAIL);
  }

  private void edge(String from, int slot) {
    edges.add(new Edge(from, call(slot), MapRole.CALLS, slot));
  }

  private static String call(int slot) {
    return "2/" + slot;
  }
}
