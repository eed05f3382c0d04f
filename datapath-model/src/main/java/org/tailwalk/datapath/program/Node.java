// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.conntrack.Conntrack;
import org.tailwalk.datapath.conntrack.Fragments;
import org.tailwalk.datapath.ipcache.Ipcache;
import org.tailwalk.datapath.lb.LoadBalancer;
import org.tailwalk.datapath.lb.ReverseTranslation;
import org.tailwalk.datapath.maps.NodeMaps;
import org.tailwalk.datapath.metrics.Metrics;
import org.tailwalk.datapath.notify.DebugNotify;
import org.tailwalk.scenario.DatapathConfig;

/**
 * What the programs of all endpoints share: the build, the shared maps, and the functions over
 * them.
 */
public final class Node {
  final DatapathConfig config;
  final NodeMaps maps;
  final Metrics metrics;
  final DebugNotify debug;
  final Fragments fragments;
  final Conntrack conntrack;
  final Ipcache ipcache;
  final LoadBalancer loadBalancer;
  final ReverseTranslation reverseTranslation;

  /** Wires the functions to the maps. */
  public Node(DatapathConfig config, NodeMaps maps) {
    this.config = config;
    this.maps = maps;
    this.metrics = new Metrics(maps.metrics());
    this.debug = new DebugNotify(config);
    this.fragments = new Fragments(config, maps.fragments(), metrics);
    this.conntrack = new Conntrack(config, maps, fragments, debug);
    this.ipcache = new Ipcache(maps.ipcache());
    this.loadBalancer = new LoadBalancer(config, maps, conntrack, debug);
    this.reverseTranslation = new ReverseTranslation(config, maps, debug);
  }
}
