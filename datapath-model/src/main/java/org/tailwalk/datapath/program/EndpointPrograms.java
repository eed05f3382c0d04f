// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.datapath.conntrack.CtDirection;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.kernel.LoadedProgram;
import org.tailwalk.datapath.kernel.ProgArray;
import org.tailwalk.datapath.kernel.Program;
import org.tailwalk.datapath.maps.EndpointMaps;
import org.tailwalk.datapath.tailcall.CallIndex;
import org.tailwalk.datapath.tailcall.ConditionalTailCall;
import org.tailwalk.event.Hook;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.EndpointConfig;

/** The programs of one endpoint, each in its slot (section 1.3). */
public final class EndpointPrograms {
  private final Endpoint self;
  private final ProgArray calls;
  private final Map<ProgramRef, LoadedProgram> programs = new LinkedHashMap<>();

  /** Builds the programs and wires them into the endpoint's and the node's program arrays. */
  public EndpointPrograms(Node node, EndpointConfig values, EndpointMaps maps) {
    this.self = new Endpoint(node, values, maps);
    this.calls = maps.calls();
    load(Hook.FROM_CONTAINER.programId(), "cil_from_container", "from-container", entry());
    load(Hook.TO_CONTAINER.programId(), "cil_to_container", "to-container", new ToContainer(self));
    node.maps.policyCall().wire(self.id(), loadPolicy());
    if (self.has(DatapathOption.ENABLE_L7_LB)) {
      node.maps.policyEgressCall().wire(self.id(), loadPolicyEgress());
    }
    if (self.has(DatapathOption.DROP_NOTIFY)) {
      slot(CallIndex.DROP_NOTIFY, "__send_drop_notify", self.drop::sendParked);
    }
    families().forEach(this::loadFamily);
    if (self.has(DatapathOption.ENABLE_IPV4) && self.has(DatapathOption.ENABLE_ARP_RESPONDER)) {
      slot(CallIndex.ARP, "tail_handle_arp", new ArpResponder(self));
    }
    if (self.has(DatapathOption.ENABLE_IPV6)) {
      Icmp6Reply icmp6 = new Icmp6Reply(self);
      slot(CallIndex.SEND_ICMP6_ECHO_REPLY, "tail_icmp6_send_echo_reply", icmp6.echoReply());
      slot(CallIndex.HANDLE_ICMP6_NS, "tail_icmp6_handle_ns", icmp6.neighbourSolicitation());
      slot(
          CallIndex.SEND_ICMP6_TIME_EXCEEDED,
          "tail_icmp6_send_time_exceeded",
          icmp6.timeExceeded());
    }
  }

  private Program entry() {
    return new FromContainer(self);
  }

  private List<Family> families() {
    List<Family> families = new ArrayList<>();
    if (self.has(DatapathOption.ENABLE_IPV4)) {
      families.add(Family.IPV4);
    }
    if (self.has(DatapathOption.ENABLE_IPV6)) {
      families.add(Family.IPV6);
    }
    return families;
  }

  private LoadedProgram loadPolicy() {
    String section = "1/0x%04x".formatted(self.id());
    Program code = new HandlePolicy(self, policyOnly(Family.IPV4), policyOnly(Family.IPV6));
    return load(Hook.HANDLE_POLICY.programId(), "handle_policy", section, code);
  }

  private LoadedProgram loadPolicyEgress() {
    String section = "4/0x%04x".formatted(self.id());
    return load("policy-egress", "handle_policy_egress", section, new HandlePolicyEgress(self));
  }

  /** The way from handle_policy to conntrack: separate programs where both families are on. */
  private @Nullable ConditionalTailCall policyOnly(Family family) {
    if (!families().contains(family)) {
      return null;
    }
    boolean dual = self.node.config.dual();
    ConditionalTailCall policy =
        callIf(
            dual,
            CallIndex.toLxcPolicyOnly(family),
            "tail_%s_policy".formatted(word(family)),
            new TailPolicy(self, family, new HandOver(self, family)));
    return callIf(
        dual,
        CallIndex.ctIngressPolicyOnly(family),
        "tail_%s_ct_ingress_policy_only".formatted(word(family)),
        new CtProgram(self, family, CtDirection.INGRESS, policy));
  }

  private void loadFamily(Family family) {
    DatapathConfig config = self.node.config;
    String word = word(family);
    ConditionalTailCall cont =
        callIf(
            config.perPacketLb(),
            CallIndex.fromLxcCont(family),
            "tail_handle_%s_cont".formatted(word),
            new EgressCont(self, family));
    ConditionalTailCall ctEgress =
        callIf(
            config.perPacketLb(),
            CallIndex.ctEgress(family),
            "tail_%s_ct_egress".formatted(word),
            new CtProgram(self, family, CtDirection.EGRESS, cont));
    slot(
        CallIndex.fromLxc(family),
        "tail_handle_%s".formatted(word),
        new HandleFromLxc(self, family, ctEgress));
    ConditionalTailCall toEndpoint =
        callIf(
            true,
            CallIndex.toEndpoint(family),
            "tail_%s_to_endpoint".formatted(word),
            new ToEndpoint(self, family, new HandOver(self, family)));
    slot(
        CallIndex.ctIngress(family),
        "tail_%s_ct_ingress".formatted(word),
        new CtProgram(self, family, CtDirection.INGRESS, toEndpoint));
  }

  private static String word(Family family) {
    return family.v6() ? "ipv6" : "ipv4";
  }

  private ConditionalTailCall callIf(boolean separate, int index, String function, Program code) {
    if (separate) {
      slot(index, function, code);
    }
    return new ConditionalTailCall(separate, calls, index, code, self.node.config.era());
  }

  private void slot(int index, String function, Program code) {
    String section = "2/" + index;
    calls.wire(index, load(section, function, section, code));
  }

  private LoadedProgram load(String id, String function, String section, Program code) {
    ProgramRef ref = new ProgramRef(self.id(), id);
    LoadedProgram program = new LoadedProgram(ref, function, section, code);
    programs.put(ref, program);
    return program;
  }

  /** The program that a hook enters. */
  public Optional<LoadedProgram> entry(Hook hook) {
    return Optional.ofNullable(programs.get(new ProgramRef(self.id(), hook.programId())));
  }

  /** All programs. */
  public Collection<LoadedProgram> all() {
    return List.copyOf(programs.values());
  }
}
