// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.kernel.ProgArray;
import org.tailwalk.datapath.kernel.Program;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.maps.EndpointMaps;
import org.tailwalk.datapath.notify.DebugNotify;
import org.tailwalk.datapath.notify.DropNotify;
import org.tailwalk.datapath.notify.PolicyVerdictNotify;
import org.tailwalk.datapath.notify.TraceNotify;
import org.tailwalk.datapath.policy.PolicyLookup;
import org.tailwalk.event.DropReason;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.EndpointConfig;

/** What the programs of one endpoint are compiled with: its values, its own maps, its notifiers. */
final class Endpoint {
  private static final IpAddress TEMPLATE_LXC_IPV4 = IpAddress.parse("192.0.2.3");
  private static final IpAddress TEMPLATE_LXC_IP =
      IpAddress.parse("2001:db08:bad:cafe:600d:bee2:bad:cafe");

  final Node node;
  final EndpointMaps maps;
  final DebugNotify debug;
  final TraceNotify trace;
  final DropNotify drop;
  final PolicyVerdictNotify verdicts;
  final PolicyLookup policy;
  private final EndpointConfig values;

  Endpoint(Node node, EndpointConfig values, EndpointMaps maps) {
    DatapathConfig config = node.config;
    this.node = node;
    this.values = values;
    this.maps = maps;
    this.debug = node.debug;
    this.trace = new TraceNotify(config, values, node.metrics);
    this.drop = new DropNotify(config, values, node.metrics, maps.calls());
    this.verdicts = new PolicyVerdictNotify(config, values);
    this.policy = new PolicyLookup(config, maps.policy(), debug);
  }

  /** Whether a switch is on. */
  boolean has(DatapathOption option) {
    return node.config.has(option);
  }

  /** LXC_ID. */
  int id() {
    return values.id();
  }

  /** SECLABEL. */
  long identity() {
    return values.identity();
  }

  /** NODE_MAC. */
  MacAddress nodeMac() {
    return values.nodeMac();
  }

  /**
   * LXC_IPV4 or LXC_IP; where the endpoint has none nothing is substituted, and the template's
   * placeholder stays (section 10.3 of the datapath facts).
   */
  IpAddress address(boolean v6) {
    return values.address(v6).orElse(v6 ? TEMPLATE_LXC_IP : TEMPLATE_LXC_IPV4);
  }

  /** A tail call whose miss is an error of the caller. */
  static int tailCallOrMissed(Run run, ProgArray map, long slot) {
    return run.tailCall(map, slot) ? Program.TAKEN : Returns.drop(DropReason.DROP_MISSED_TAIL_CALL);
  }

  /** A tail call to a program of this endpoint whose miss is an error of the caller. */
  int call(Run run, int slot) {
    return tailCallOrMissed(run, maps.calls(), slot);
  }
}
