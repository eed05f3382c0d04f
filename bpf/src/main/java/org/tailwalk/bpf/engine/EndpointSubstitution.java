// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import java.util.Arrays;
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
  private static final String TEMPLATE_ID = "65535";
  private static final String TEMPLATE_SLOT = "/0xffff";

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
