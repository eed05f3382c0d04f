// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;
import org.tailwalk.scenario.DatapathConstants;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Fault;

/**
 * What sessions are opened for: a build in each lane.
 *
 * @param model the second lane's era; null: the datapath's
 * @param faults those that a session is opened with
 */
public record World(
    DatapathSpec datapath, DatapathConstants constants, @Nullable Era model, List<Fault> faults) {
  /** Keeps its own copy. */
  public World {
    faults = List.copyOf(faults);
  }

  /** A switch and its positions. */
  private record Switch(DatapathOption option, boolean... positions) {}

  private static final List<Switch> SWITCHES =
      List.of(
          new Switch(DatapathOption.ENABLE_SOCKET_LB_FULL, false, true),
          new Switch(DatapathOption.ENABLE_IPV4_FRAGMENTS, false, true),
          new Switch(DatapathOption.ENABLE_ROUTING, true, false),
          new Switch(DatapathOption.DROP_NOTIFY, true, false),
          new Switch(DatapathOption.TRACE_NOTIFY, true, false),
          new Switch(DatapathOption.POLICY_VERDICT_NOTIFY, true, false),
          new Switch(DatapathOption.CONNTRACK_ACCOUNTING, true, false),
          new Switch(DatapathOption.ENABLE_IDENTITY_MARK, true, false),
          new Switch(DatapathOption.USE_BPF_PROG_FOR_INGRESS_POLICY, false, true),
          new Switch(DatapathOption.POLICY_AUDIT_MODE, false, true),
          new Switch(DatapathOption.ENABLE_ICMP_RULE, false, true),
          new Switch(DatapathOption.ALLOW_ICMP_FRAG_NEEDED, false, true),
          new Switch(DatapathOption.DISABLE_SIP_VERIFICATION, false, true),
          new Switch(DatapathOption.ENABLE_SCTP, false, true),
          new Switch(DatapathOption.LOCAL_DELIVERY_METRICS, true, false),
          new Switch(DatapathOption.ENABLE_SESSION_AFFINITY, false, true),
          new Switch(DatapathOption.DISABLE_LOOPBACK_LB, false, true),
          new Switch(DatapathOption.ENABLE_L7_LB, false, true),
          new Switch(DatapathOption.ENABLE_HOST_FIREWALL, false, true),
          new Switch(DatapathOption.ENABLE_CUSTOM_CALLS, false, true),
          new Switch(DatapathOption.HAVE_CHANGE_TAIL, true, false),
          new Switch(DatapathOption.HAVE_LARGE_INSN_LIMIT, true, false),
          new Switch(DatapathOption.HAVE_LRU_HASH_MAP_TYPE, true, false),
          new Switch(DatapathOption.DEBUG, false, true));

  private static final int[] AGGREGATION = {0, 1, 3, 4};
  private static final int[] REPORT_FLAGS = {0x07, 0xff, 0};
  private static final List<DatapathSpec.Families> FAMILIES =
      List.of(DatapathSpec.Families.DUAL, DatapathSpec.Families.V4, DatapathSpec.Families.V6);
  private static final int ARP_WAYS = 3;

  /** No two the same, so that one taken for another shows. */
  private static final DatapathConstants UNUSUAL =
      new DatapathConstants(
          0,
          7_200,
          45,
          3_600,
          61,
          31,
          59,
          11,
          7,
          0x07,
          128,
          1,
          MacAddress.parse("02:0a:0b:0c:0d:0e"),
          300,
          IpAddress.parse("169.254.42.7"),
          IpAddress.parse("fd00:20::7"));

  /** Whether no conntrack entry can be made, not even by us. */
  boolean conntrackFull() {
    return faults.contains(new Fault.ConntrackFull());
  }

  /** A build that somebody named, nothing broken. */
  public static World of(DatapathSpec datapath, DatapathConstants constants) {
    return new World(datapath, constants, null, List.of());
  }

  /** The facts' reference build. */
  public static World usual(Era era) {
    DatapathSpec.Bundled source = new DatapathSpec.Bundled(era, DatapathSpec.Families.DUAL);
    return of(new DatapathSpec(source, Map.of()), DatapathConstants.AGENT_DEFAULTS);
  }

  /** Worlds of an era in which any two switches have met in each of their positions. */
  public static List<World> pairwise(Era era, @Nullable Era model, Dice dice) {
    int[] levels = new int[SWITCHES.size() + 5];
    for (int i = 0; i < SWITCHES.size(); i++) {
      levels[i] = SWITCHES.get(i).positions().length;
    }
    int next = SWITCHES.size();
    levels[next] = AGGREGATION.length;
    levels[next + 1] = REPORT_FLAGS.length;
    levels[next + 2] = FAMILIES.size();
    levels[next + 3] = ARP_WAYS;
    levels[next + 4] = 2;
    List<World> worlds = new ArrayList<>();
    for (int[] row : Pairwise.cover(levels, dice)) {
      Map<DatapathOption, Boolean> options = new EnumMap<>(DatapathOption.class);
      for (int i = 0; i < SWITCHES.size(); i++) {
        Switch s = SWITCHES.get(i);
        // Debug messages of 2020 are nobody's subject.
        if (row[i] != 0 && (era != Era.WALKTHROUGH2020 || s.option() != DatapathOption.DEBUG)) {
          options.put(s.option(), s.positions()[row[i]]);
        }
      }
      switch (row[next + 3]) {
        case 1 -> options.put(DatapathOption.ENABLE_ARP_PASSTHROUGH, true);
        case 2 -> options.put(DatapathOption.ENABLE_ARP_RESPONDER, false);
        default -> {}
      }
      DatapathSpec.Bundled source = new DatapathSpec.Bundled(era, FAMILIES.get(row[next + 2]));
      worlds.add(
          new World(
              new DatapathSpec(source, options),
              constants(
                  row[next + 4] == 0 ? DatapathConstants.AGENT_DEFAULTS : UNUSUAL,
                  AGGREGATION[row[next]],
                  REPORT_FLAGS[row[next + 1]]),
              model,
              List.of()));
    }
    return worlds;
  }

  /** Worlds of an era in which something is broken from the start. */
  public static List<World> broken(Era era, Dice dice) {
    List<World> worlds = pairwise(era, null, dice);
    List<List<Fault>> faults =
        List.of(
            List.of(new Fault.ConntrackFull()),
            List.of(new Fault.BufferRefuses()),
            List.of(new Fault.BurnCalls(27)),
            List.of(new Fault.BurnCalls(29)),
            List.of(new Fault.BurnCalls(32)),
            List.of(new Fault.BurnCalls(33)));
    List<World> broken = new ArrayList<>();
    for (int i = 0; i < faults.size(); i++) {
      World world = worlds.get(i % worlds.size());
      broken.add(new World(world.datapath(), world.constants(), null, faults.get(i)));
    }
    return broken;
  }

  private static DatapathConstants constants(
      DatapathConstants d, int aggregation, int reportFlags) {
    return new DatapathConstants(
        aggregation,
        d.ctConnectionLifetimeTcp(),
        d.ctConnectionLifetimeNontcp(),
        d.ctServiceLifetimeTcp(),
        d.ctServiceLifetimeNontcp(),
        d.ctServiceCloseRebalance(),
        d.ctSynTimeout(),
        d.ctCloseTimeout(),
        d.ctReportInterval(),
        reportFlags,
        d.tracePayloadLen(),
        d.hostIfindex(),
        d.hostIfindexMac(),
        d.hostEpId(),
        d.ipv4Loopback(),
        d.routerIp());
  }

  @Override
  public String toString() {
    return datapath
        + ", aggregation "
        + constants.monitorAggregation()
        + ", report flags 0x"
        + Integer.toHexString(constants.ctReportFlags())
        + (constants.hostEpId() == UNUSUAL.hostEpId() ? ", unusual constants" : "")
        + (model == null ? "" : ", model " + model.label())
        + (faults.isEmpty() ? "" : ", " + faults);
  }
}
