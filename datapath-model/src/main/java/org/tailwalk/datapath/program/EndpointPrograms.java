// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
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
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.Era;

/** The programs of one endpoint, each in its slot (section 1.3). */
public final class EndpointPrograms {
  private final Endpoint self;
  private final ProgArray calls;
  private final boolean year2020;
  private final Map<ProgramRef, LoadedProgram> programs = new LinkedHashMap<>();
  private final Map<Hook, LoadedProgram> hooks = new EnumMap<>(Hook.class);

  /** Builds the programs and wires them into the endpoint's and the node's program arrays. */
  public EndpointPrograms(Node node, EndpointConfig values, EndpointMaps maps) {
    this.self = new Endpoint(node, values, maps);
    this.calls = maps.calls();
    this.year2020 = node.config.era() == Era.WALKTHROUGH2020;
    if (node.config.era() == Era.LOOPER) {
      Looper looper = new Looper(self.id(), node.maps.jumps());
      hooks.put(Hook.FROM_CONTAINER, looper.entry());
      programs.put(looper.entry().ref(), looper.entry());
      programs.put(looper.loop().ref(), looper.loop());
      return;
    }
    loadHooks();
    if (self.has(DatapathOption.ENABLE_L7_LB)) {
      node.maps.policyEgressCall().wire(self.id(), loadPolicyEgress());
    }
    if (self.has(DatapathOption.DROP_NOTIFY)) {
      slot(CallIndex.DROP_NOTIFY, "__send_drop_notify", self.drop::sendParked);
    }
    if (self.has(DatapathOption.ENABLE_IPV4) && self.has(DatapathOption.ENABLE_ARP_RESPONDER)) {
      slot(CallIndex.ARP, "tail_handle_arp", new ArpResponder(self));
    }
    if (self.has(DatapathOption.ENABLE_IPV6)) {
      loadIcmp6();
    }
  }

  private void loadHooks() {
    Family four = Family.IPV4;
    Family six = Family.IPV6;
    hook(
        Hook.FROM_CONTAINER,
        year2020 ? "handle_xgress" : "cil_from_container",
        "from-container",
        new FromContainer(self, fromLxc(four), fromLxc(six)));
    hook(
        Hook.TO_CONTAINER,
        year2020 ? "handle_to_container" : "cil_to_container",
        "to-container",
        new ToContainer(self, toEndpoint(four), toEndpoint(six)));
    LoadedProgram policy =
        hook(
            Hook.HANDLE_POLICY,
            "handle_policy",
            "1/0x%04x".formatted(self.id()),
            new HandlePolicy(self, policyOnly(four), policyOnly(six)));
    self.node.maps.policyCall().wire(self.id(), policy);
  }

  private LoadedProgram loadPolicyEgress() {
    String section = "4/0x%04x".formatted(self.id());
    return load("policy-egress", "handle_policy_egress", section, new HandlePolicyEgress(self));
  }

  private void loadIcmp6() {
    Icmp6Reply icmp6 = new Icmp6Reply(self);
    slot(CallIndex.SEND_ICMP6_ECHO_REPLY, "tail_icmp6_send_echo_reply", icmp6.echoReply());
    slot(CallIndex.HANDLE_ICMP6_NS, "tail_icmp6_handle_ns", icmp6.neighbourSolicitation());
    slot(CallIndex.SEND_ICMP6_TIME_EXCEEDED, "tail_icmp6_send_time_exceeded", icmp6.timeExceeded());
  }

  private boolean missing(Family family) {
    return !self.has(family.v6() ? DatapathOption.ENABLE_IPV6 : DatapathOption.ENABLE_IPV4);
  }

  /** The way of the pod's packets from their hook on; null without the family. */
  private @Nullable ConditionalTailCall fromLxc(Family family) {
    if (missing(family)) {
      return null;
    }
    boolean separate = !year2020 || self.node.config.dual() || self.has(DatapathOption.DEBUG);
    String function = "tail_handle_" + word(family);
    int index = CallIndex.fromLxc(family);
    if (year2020) {
      return callIf(separate, index, function, new Egress2020(self, family));
    }
    boolean perPacketLb = self.node.config.perPacketLb();
    ConditionalTailCall cont =
        callIf(
            perPacketLb,
            CallIndex.fromLxcCont(family),
            function + "_cont",
            new EgressCont(self, family));
    ConditionalTailCall ctEgress =
        callIf(
            perPacketLb,
            CallIndex.ctEgress(family),
            "tail_%s_ct_egress".formatted(word(family)),
            new CtProgram(self, family, CtDirection.EGRESS, cont));
    return callIf(separate, index, function, new HandleFromLxc(self, family, ctEgress));
  }

  /** The way from to-container on; null without the family. */
  private @Nullable ConditionalTailCall toEndpoint(Family family) {
    if (missing(family)) {
      return null;
    }
    ConditionalTailCall toEndpoint =
        callIf(
            !year2020 || self.node.config.dual(),
            CallIndex.toEndpoint(family),
            "tail_%s_to_endpoint".formatted(word(family)),
            new ToEndpoint(self, family, ingressCt(family)));
    return year2020
        ? toEndpoint
        : callIf(
            true,
            CallIndex.ctIngress(family),
            "tail_%s_ct_ingress".formatted(word(family)),
            new CtProgram(self, family, CtDirection.INGRESS, toEndpoint));
  }

  /** The way from handle_policy on, separate programs in dual builds; null without the family. */
  private @Nullable ConditionalTailCall policyOnly(Family family) {
    if (missing(family)) {
      return null;
    }
    boolean dual = self.node.config.dual();
    ConditionalTailCall policy =
        callIf(
            dual,
            CallIndex.toLxcPolicyOnly(family),
            "tail_%s_policy".formatted(word(family)),
            new TailPolicy(self, family, ingressCt(family)));
    return year2020
        ? policy
        : callIf(
            dual,
            CallIndex.ctIngressPolicyOnly(family),
            "tail_%s_ct_ingress_policy_only".formatted(word(family)),
            new CtProgram(self, family, CtDirection.INGRESS, policy));
  }

  private CtSource ingressCt(Family family) {
    return year2020 ? new InlineCt(self, CtDirection.INGRESS) : new HandOver(self, family);
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

  private LoadedProgram hook(Hook hook, String function, String section, Program code) {
    LoadedProgram program = load(hook.programId(), function, section, code);
    hooks.put(hook, program);
    return program;
  }

  private LoadedProgram load(String id, String function, String section, Program code) {
    ProgramRef ref = new ProgramRef(self.id(), id, function);
    LoadedProgram program = new LoadedProgram(ref, function, section, code);
    programs.put(ref, program);
    return program;
  }

  /** The program that a hook enters. */
  public Optional<LoadedProgram> entry(Hook hook) {
    return Optional.ofNullable(hooks.get(hook));
  }

  /** All programs. */
  public Collection<LoadedProgram> all() {
    return new ArrayList<>(programs.values());
  }
}
