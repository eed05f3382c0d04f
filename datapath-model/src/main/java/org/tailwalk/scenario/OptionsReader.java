// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import java.util.Map;
import java.util.TreeMap;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;
import org.tailwalk.text.Message;

/**
 * Reads the {@code options} of a scenario: switches by name, and the constants a datapath is
 * compiled with.
 */
final class OptionsReader {
  private final String file;
  private DatapathSpec datapath;
  private DatapathConstants constants = DatapathConstants.AGENT_DEFAULTS;

  OptionsReader(String file, DatapathSpec datapath) {
    this.file = file;
    this.datapath = datapath;
  }

  DatapathSpec datapath() {
    return datapath;
  }

  DatapathConstants constants() {
    return constants;
  }

  void read(JsonTree tree) throws ScenarioException {
    JsonFields f = JsonFields.of(file, tree);
    DatapathConstants d = DatapathConstants.AGENT_DEFAULTS;
    long most = ScenarioReader.U32;
    constants =
        new DatapathConstants(
            (int) f.number("monitorAggregation", 0, 4, d.monitorAggregation()),
            f.number("ctConnectionLifetimeTcp", 0, most, d.ctConnectionLifetimeTcp()),
            f.number("ctConnectionLifetimeNontcp", 0, most, d.ctConnectionLifetimeNontcp()),
            f.number("ctServiceLifetimeTcp", 0, most, d.ctServiceLifetimeTcp()),
            f.number("ctServiceLifetimeNontcp", 0, most, d.ctServiceLifetimeNontcp()),
            f.number("ctServiceCloseRebalance", 0, most, d.ctServiceCloseRebalance()),
            f.number("ctSynTimeout", 0, most, d.ctSynTimeout()),
            f.number("ctCloseTimeout", 0, most, d.ctCloseTimeout()),
            f.number("ctReportInterval", 0, most, d.ctReportInterval()),
            (int) f.number("ctReportFlags", 0, 255, d.ctReportFlags()),
            (int) f.number("tracePayloadLen", 0, 0xffff, d.tracePayloadLen()),
            f.number("hostIfindex", 1, Integer.MAX_VALUE, d.hostIfindex()),
            f.optionalWord("hostIfindexMac", MacAddress::parse).orElse(d.hostIfindexMac()),
            (int) f.number("hostEpId", 1, 0xffff, d.hostEpId()),
            f.optionalWord("ipv4Loopback", IpAddress::parse).orElse(d.ipv4Loopback()),
            f.optionalWord("routerIp", IpAddress::parse).orElse(d.routerIp()));
    if (constants.ipv4Loopback().v6()) {
      throw f.error("ipv4Loopback", Message.of("wrong.scenario.is-v6"));
    }
    if (!constants.routerIp().v6()) {
      throw f.error("routerIp", Message.of("wrong.scenario.router"));
    }
    for (String name : f.names()) {
      if (!CONSTANTS.contains(name)) {
        DatapathOption option;
        try {
          option = DatapathOption.parse(name);
        } catch (IllegalArgumentException e) {
          throw f.error(
              name,
              Message.plain(
                  e.getMessage() + "; and the constants " + String.join(", ", CONSTANTS)));
        }
        datapath = datapath.with(option, f.bool(name, false));
      }
    }
    f.done();
  }

  /** The names of the constants, as in {@link DatapathConstants}. */
  static final java.util.Set<String> CONSTANTS =
      new java.util.TreeSet<>(
          java.util.Arrays.stream(DatapathConstants.class.getRecordComponents())
              .map(java.lang.reflect.RecordComponent::getName)
              .toList());

  /** Constants that differ from the agent's, by name; numbers and addresses as they are. */
  static Map<String, Object> changed(DatapathConstants constants) {
    Map<String, Object> changed = new TreeMap<>();
    try {
      for (var component : DatapathConstants.class.getRecordComponents()) {
        Object value = component.getAccessor().invoke(constants);
        Object usual = component.getAccessor().invoke(DatapathConstants.AGENT_DEFAULTS);
        if (value != null && !value.equals(usual)) {
          changed.put(component.getName(), value);
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a record's accessor can't be called", e);
    }
    return changed;
  }
}
