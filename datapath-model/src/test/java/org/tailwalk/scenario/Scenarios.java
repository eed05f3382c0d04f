// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

/** Scenarios for tests. */
public final class Scenarios {
  /** Two pods and the world, as in section 13 of the datapath facts. */
  public static final String TWO_PODS =
      """
      {
        "version": 1,
        "name": "two pods",
        "capturePoint": "pod-veth",
        "datapath": "bundled:seed",
        "endpoints": [
          {"id": 100, "name": "a", "ipv4": "10.0.0.1", "ipv6": "fd00::1", "ifindex": 11,
           "identity": 1000, "mac": "02:00:00:00:00:0a", "nodeMac": "02:00:00:00:01:0a"},
          {"id": 200, "name": "b", "ipv4": "10.0.0.2", "ifindex": 12,
           "identity": 2000, "mac": "02:00:00:00:00:0b", "nodeMac": "02:00:00:00:01:0b"}
        ],
        "hostAddresses": ["10.0.0.254"],
        "identities": [
          {"id": 1000, "labels": ["k8s:app=client"]},
          {"id": 2000, "labels": ["k8s:app=web", "k8s:tier=front"]}
        ],
        "policy": {"keys": [
          {"endpoint": 100, "direction": "egress", "identity": 2000, "port": 80, "protocol": "TCP"},
          {"endpoint": "b", "direction": "ingress", "identity": 1000, "port": 80, "protocol": 6}
        ]}
      }
      """;

  /** Every field there is. */
  public static final String EVERYTHING =
      """
      {
        "version": 1,
        "name": "everything",
        "inferred": true,
        "notes": ["guessed"],
        "capturePoint": "any",
        "datapath": "bundled:pr26115/v4,+debug,-drop-notify",
        "model": "notified",
        "options": {"ENABLE_SCTP": true, "session-affinity": true, "monitorAggregation": 3,
                    "ctReportFlags": 255, "ctSynTimeout": 61, "routerIp": "fd00::a",
                    "hostIfindexMac": "02:00:00:00:00:99"},
        "endpoints": [
          {"id": 100, "name": "web", "ipv4": "10.0.0.1", "identity": 1000, "egressProgram": true,
           "verdictFilter": 65535},
          {"id": 65535, "ipv6": "fd00::2", "identity": 16777217}
        ],
        "hostAddresses": ["10.0.0.254", "fd00::ff"],
        "identities": [{"id": 1000, "labels": ["k8s:app=web"]}, {"id": 9}],
        "ipcache": [
          {"prefix": "192.0.2.0/24", "identity": 16777217},
          {"prefix": "10.0.1.7", "identity": 3000, "tunnelEndpoint": "172.16.0.2", "key": 3}
        ],
        "policy": {"filters": [
          {"endpoint": "web",
           "ingress": [
             {"port": 80, "protocol": "TCP", "rules": [
               {"selector": "all"},
               {"selector": {"labels": ["app=web"]}, "deny": true},
               {"selector": {"identities": [2, 1000]}, "proxyPort": 15001},
               {"selector": {"labels": []}, "redirect": true}]},
             {"port": "metrics", "protocol": 132},
             {}
           ],
           "egress": [],
           "namedPorts": [{"name": "metrics", "protocol": "SCTP", "port": 9090}]},
          {"endpoint": 65535, "egress": null}
        ]},
        "services": [
          {"name": "dns", "address": "10.96.0.10", "port": 53, "revNatIndex": 7, "flags": 1,
           "flags2": 8, "affinity": 30, "proxyPort": 15002,
           "backends": [{"id": 1, "address": "10.0.0.1", "port": 5353},
                        {"id": 2, "address": "10.0.1.7", "port": 53, "state": "terminating"}]}
        ],
        "conntrack": [
          {"map": "tcp4",
           "tuple": {"daddr": "10.0.0.1", "saddr": "10.0.0.2", "dport": 80, "sport": 40000,
                     "nexthdr": 6, "flags": 0},
           "entry": {"rxPackets": "18446744073709551615", "rxBytes": 7, "lifetime": 1000060,
                     "bits": 16, "txFlagsSeen": 2, "srcSecId": 1000}},
          {"map": "any6",
           "tuple": {"daddr": "fd00::1", "saddr": "fd00::2", "dport": 0, "sport": 7,
                     "nexthdr": 58, "flags": 2},
           "entry": {"lifetime": 4294967295}}
        ],
        "gc": {"mode": "fixed", "interval": 30},
        "clock": {"base": "2000000"},
        "seed": "18446744073709551615",
        "ctCapacity": 8,
        "faults": [
          "conntrackFull", {"bufferRefuses": {}},
          {"emptySlot": {"endpoint": "web", "index": 25}},
          {"emptySlot": {"map": "policy-call", "index": 65535}},
          {"truncate": {"packet": 3, "length": 40}},
          {"burnCalls": {"n": 30}}
        ],
        "rules": [
          {"packets": 3, "skip": true},
          {"packets": "4-", "source": "10.0.0.0/8", "endpoint": 100, "hook": "to-container",
           "mark": 3840, "cb": [1, 2, 3, 4, 4294967295], "ifindex": 5},
          {"packets": "5-9", "destination": "fd00::/8", "endpoint": "web", "hook": "FROM_CONTAINER"}
        ]
      }
      """;

  private Scenarios() {}

  /** {@link #TWO_PODS}. */
  public static Scenario twoPods() {
    return parse(TWO_PODS);
  }

  /** A scenario of a text that is right. */
  public static Scenario parse(String json) {
    try {
      return ScenarioJson.parse("test.json", json);
    } catch (ScenarioException e) {
      throw new AssertionError(e);
    }
  }
}
