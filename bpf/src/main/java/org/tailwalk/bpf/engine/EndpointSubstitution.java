// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.MapSpec;
import org.tailwalk.bpf.elf.Substitution;
import org.tailwalk.bpf.elf.SubstitutionException;
import org.tailwalk.scenario.DatapathConstants;
import org.tailwalk.scenario.EndpointConfig;

/**
 * One endpoint's instance of a template object (section 10.3 of the datapath facts). What an object
 * does not have is passed over: a user's own object need not be a template.
 */
final class EndpointSubstitution {
  static final String TEMPLATE_ID = "65535";
  static final String TEMPLATE_SLOT = "/0xffff";

  /** The symbols that are given a value for each endpoint, and which. */
  static final SortedMap<String, String> SYMBOLS = symbols();

  private static SortedMap<String, String> symbols() {
    SortedMap<String, String> known = new TreeMap<>();
    known.put("LXC_IPV4", "the endpoint's IPv4 address");
    for (int i = 1; i <= 4; i++) {
      known.put("LXC_IP_" + i, "word %d of the endpoint's IPv6 address".formatted(i));
      known.put("ROUTER_IP_" + i, "word %d of the node's router address".formatted(i));
    }
    known.put("NODE_MAC_1", "bytes 1 to 4 of the node's MAC at the endpoint's interface");
    known.put("NODE_MAC_2", "bytes 5 and 6 of it");
    known.put("LXC_ID", "the endpoint's id");
    known.put("SECLABEL", "the endpoint's identity");
    known.put("SECLABEL_NB", "the same in network order");
    known.put("POLICY_VERDICT_LOG_FILTER", "directions whose policy verdicts are told");
    return known;
  }

  /** What a variable is given for each endpoint; empty: it stays as it was compiled. */
  static String meaning(String symbol) {
    return SYMBOLS.getOrDefault(symbol, "");
  }

  private EndpointSubstitution() {}

  static CollectionSpec apply(
      CollectionSpec object, EndpointConfig endpoint, DatapathConstants constants)
      throws SubstitutionException {
    Builder b = new Builder(object);
    if (endpoint.ipv4() != null) {
      b.bytes("LXC_IPV4", endpoint.ipv4().toBytes());
    }
    if (endpoint.ipv6() != null) {
      b.words("LXC_IP_", endpoint.ipv6().toBytes());
    }
    b.words("ROUTER_IP_", constants.routerIp().toBytes());
    byte[] mac = endpoint.nodeMac().toBytes();
    b.bytes("NODE_MAC_1", Arrays.copyOf(mac, 4));
    b.bytes("NODE_MAC_2", new byte[] {mac[4], mac[5], 0, 0});
    b.number("LXC_ID", endpoint.id());
    int identity = (int) endpoint.identity();
    b.number("SECLABEL", identity);
    b.number("SECLABEL_NB", Integer.reverseBytes(identity));
    b.number("POLICY_VERDICT_LOG_FILTER", endpoint.verdictFilter());
    for (MapSpec map : object.maps()) {
      if (map.name().endsWith("_" + TEMPLATE_ID)) {
        String base = map.name().substring(0, map.name().length() - TEMPLATE_ID.length());
        b.substitution = b.substitution.withMap(map.name(), base + "%05d".formatted(endpoint.id()));
      }
    }
    for (var program : object.programs()) {
      if (program.section().endsWith(TEMPLATE_SLOT)) {
        String map = program.section().substring(0, program.section().indexOf('/'));
        b.substitution =
            b.substitution.withSection(program.section(), map + "/0x%04x".formatted(endpoint.id()));
      }
    }
    return b.substitution.apply(object);
  }

  private static final class Builder {
    final CollectionSpec object;
    Substitution substitution = Substitution.none();

    Builder(CollectionSpec object) {
      this.object = object;
    }

    private int size(String symbol) {
      return object.variables().stream()
          .filter(v -> v.name().equals(symbol))
          .mapToInt(v -> v.size())
          .findFirst()
          .orElse(0);
    }

    void bytes(String symbol, byte[] value) {
      if (size(symbol) != 0) {
        substitution = substitution.withVariable(symbol, value);
      }
    }

    void number(String symbol, int value) {
      if (size(symbol) == 2) {
        substitution = substitution.withU16(symbol, value);
      } else if (size(symbol) != 0) {
        substitution = substitution.withU32(symbol, value);
      }
    }

    void words(String prefix, byte[] address) {
      for (int i = 0; i < 4; i++) {
        bytes(prefix + (i + 1), Arrays.copyOfRange(address, 4 * i, 4 * i + 4));
      }
    }
  }
}
