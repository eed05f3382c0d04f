// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.window.Synthetic;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.event.MapKey.CtTuple;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue.CtEntry;
import org.tailwalk.packet.Frame;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.scenario.DatapathConstants;

final class EntryLifeTest {
  private static final DatapathConstants CONSTANTS = DatapathConstants.AGENT_DEFAULTS;

  private static List<PacketReplay> replay(Frame... frames) throws Exception {
    List<PacketReplay> packets = new ArrayList<>();
    try (CaptureReplay replay =
        CaptureReplay.open(Synthetic.scenario(), null, new ModelReplayEngine())) {
      replay.run(FrameSource.of(List.of(frames)), packets::add);
    }
    return packets;
  }

  private static EntryLife life(PacketReplay packet) {
    return EntryLife.of(packet, CONSTANTS, Optional.of(1_000_300L * 1_000_000_000)).orElseThrow();
  }

  private static Frame frame(int index, long seconds) {
    Frame frame = Synthetic.frame(index);
    return Frame.whole(frame.data(), 1_700_000_000_000_000_000L + seconds * 1_000_000_000);
  }

  @Test
  void statesFollowFromTheBits() {
    record Case(int bits, boolean tcp, EntryState state) {}
    for (Case c :
        new Case[] {
          new Case(0, true, EntryState.SYN),
          new Case(CtEntry.SEEN_NON_SYN, true, EntryState.ACTIVE),
          new Case(0, false, EntryState.ACTIVE),
          new Case(CtEntry.SEEN_NON_SYN | CtEntry.RX_CLOSING, true, EntryState.HALF_CLOSED),
          new Case(CtEntry.TX_CLOSING, true, EntryState.HALF_CLOSED),
          new Case(CtEntry.RX_CLOSING | CtEntry.TX_CLOSING, true, EntryState.DEAD)
        }) {
      CtEntry entry = new CtEntry(0, 0, 0, 0, 0, c.bits, 0, 0, 0, 0, 0, 0, 0);
      assertThat(EntryState.of(entry, c.tcp)).as(c.toString()).isEqualTo(c.state);
    }
    assertThat(EntryState.of(null, true)).isEqualTo(EntryState.NO_ENTRY);
  }

  @Test
  void aHandshakeMakesAnEntryActive() throws Exception {
    List<PacketReplay> packets = replay(frame(0, 0), frame(1, 0), frame(2, 1));
    EntryLife syn = life(packets.get(0));
    assertThat(syn.before()).isEqualTo(EntryState.NO_ENTRY);
    assertThat(syn.after()).isEqualTo(EntryState.SYN);
    assertThat(syn.status()).isEqualTo("NEW");
    assertThat(syn.timeoutSeconds()).isEqualTo(60);
    assertThat(syn.flow()).isEqualTo("TCP 10.0.0.11:20000 → 10.0.1.20:80 · egress");
    EntryLife ack = life(packets.get(2));
    assertThat(ack.before()).isEqualTo(EntryState.SYN);
    assertThat(ack.after()).isEqualTo(EntryState.ACTIVE);
    assertThat(ack.lifeText()).isEqualTo("live: 6 h 0 m 0 s left of 21,600 s");
    assertThat(ack.sweepText()).isEqualTo("next sweep in 4 m 59 s");
  }

  @Test
  void theCounterThatHoldsAServicesBackendSaysSo() {
    CtEntry entry = new CtEntry(0, 7, 0, 0, 1_000_060, 0, 0, 0, 2, 0, 0, 0, 0);
    for (int flags : new int[] {CtTuple.SERVICE, 0}) {
      CtTuple key =
          new CtTuple(IpAddress.parse("10.0.0.11"), IpAddress.parse("10.96.0.1"), 1, 2, 6, flags);
      assertThat(
              EntryLife.standing(
                      MapRef.shared(MapRole.CT_TCP4),
                      key,
                      entry,
                      1_000_000_000_000_000L,
                      CONSTANTS,
                      Optional.empty())
                  .fields())
          .filteredOn(field -> field.name().equals("rx_bytes"))
          .extracting(EntryLife.FieldChange::after)
          .containsExactly(flags == 0 ? "7" : "7 (backend id)");
    }
  }

  @Test
  void changedFieldsStandFirst() throws Exception {
    List<PacketReplay> packets = replay(frame(0, 0), frame(1, 0), frame(2, 1));
    List<EntryLife.FieldChange> fields = life(packets.get(2)).fields();
    assertThat(fields)
        .filteredOn(EntryLife.FieldChange::changed)
        .extracting(EntryLife.FieldChange::name)
        .contains("tx_packets", "seen_non_syn", "lifetime");
    assertThat(fields.getFirst().changed()).isTrue();
    assertThat(fields.getLast().changed()).isFalse();
  }

  @Test
  void anEntryWhoseLifetimeIsOverStillMatches() throws Exception {
    List<PacketReplay> packets = replay(frame(0, 0), frame(2, 100));
    EntryLife late = life(packets.get(1));
    assertThat(late.expiredBefore()).isTrue();
    assertThat(late.status()).isEqualTo("ESTABLISHED");
    assertThat(late.expired()).as("the packet has refreshed it").isFalse();
  }

  @Test
  void anEntryThatTheCollectorTookIsSaidToBeCollected() throws Exception {
    List<PacketReplay> packets = replay(frame(0, 0), frame(2, 1000));
    EntryLife late = life(packets.get(1));
    assertThat(late.collected()).isTrue();
    assertThat(late.before()).isEqualTo(EntryState.NO_ENTRY);
  }

  @Test
  void aPacketWithoutALookupHasNoLife() throws Exception {
    PacketReplay gre = replay(frame(39, 0)).getFirst();
    ConntrackViewModel model = new ConntrackViewModel();
    model.show(gre, CONSTANTS, Optional.empty());
    assertThat(model.lifeProperty().get()).isEmpty();
    assertThat(model.nothingProperty().get())
        .startsWith("Packet 1 ended before any conntrack lookup:")
        .contains("Ctrl+.");
  }

  @Test
  void spansAreToldInTheUnitsThatTellMost() {
    assertThat(EntryLife.span(59)).isEqualTo("59 s");
    assertThat(EntryLife.span(61)).isEqualTo("1 m 1 s");
    assertThat(EntryLife.span(21_599)).isEqualTo("5 h 59 m 59 s");
    assertThat(EntryLife.span(90_000)).isEqualTo("1 d 1 h");
  }
}
