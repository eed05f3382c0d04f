// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.FxThread;
import org.tailwalk.app.notification.NotificationViewModel.Letter;
import org.tailwalk.app.notification.NotificationViewModel.Line;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.window.Synthetic;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.Step;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.TraceDiff;

/** The card of each kind of notification: what its fields mean, and that all of it is shown. */
final class NotificationCardsTest {
  private static final Bytes FRAME =
      Bytes.ofHex(
          "02000000012a02000000002a0800"
              + "450000283687400040060000"
              + "0a00000b0a000114"
              + "b3b0005047b935d0000000005002faf000000000");
  private static Replay replay;
  private static PacketReplay packet;

  @BeforeAll
  static void replay() throws Exception {
    replay =
        Replay.run(
            Synthetic.capture(2),
            Synthetic.scenario(),
            new Lanes(null, "none in tests", "", new ModelReplayEngine()),
            (_, _) -> true);
    packet = replay.packet(1, (_, _) -> true);
  }

  @AfterAll
  static void close() {
    replay.close();
  }

  /** The packet as if its first program had sent this and nothing else. */
  private static PacketReplay told(Notification notification) {
    LaneTrace lane = packet.primary().orElseThrow();
    PathTrace was = lane.trace();
    Step sent =
        new Step(new PathEvent.Notified(new ProgramRef(42, "from-container"), notification), null);
    PathTrace trace =
        new PathTrace(
            List.of(was.steps().getFirst(), sent, was.steps().getLast()),
            was.returnCode(),
            was.frame(),
            was.context(),
            was.notes());
    return new PacketReplay(
        packet.number(),
        packet.frame(),
        packet.placement(),
        null,
        new LaneTrace(trace, lane.reading(), lane.sweeps()),
        TraceDiff.single(trace, false),
        null);
  }

  private static Letter letter(Notification notification) {
    return NotificationViewModel.read(told(notification), replay.scenario().node())
        .letters()
        .getLast();
  }

  private static Notification.Drop drop(int reason, long dst, int extError) {
    return new Notification.Drop(42, reason, 54, 1002, 2, dst, 1899, 2, extError, 12, FRAME);
  }

  private static Notification.Trace trace(int point, int reason, boolean six) {
    IpAddress before = IpAddress.parse(six ? "fd00::1" : "10.0.0.1");
    return new Notification.Trace(42, point, 54, 1002, 0, 0, reason, six, 0, before, FRAME);
  }

  private static Notification.PolicyVerdict verdict(
      int verdict, int direction, int match, boolean audited) {
    return new Notification.PolicyVerdict(
        42, 54, 2, verdict, 80, 6, direction, false, match, audited, FRAME);
  }

  @Test
  void everyKindHasItsTitleItsLineAndWhatItsFieldsMean() {
    record Case(Notification told, String title, String line, Map<String, String> meanings) {}
    for (Case c :
        List.of(
            new Case(
                drop(133, 42, 0),
                "Drop",
                "xx drop (Policy denied) flow 0x0 to endpoint 42, ifindex 12, ",
                Map.of(
                    "reason", "133 Policy denied",
                    "source", "42 endpoint 42 “web”",
                    "dst_id", "42 endpoint 42 “web”",
                    "ext_error", "0",
                    "ifindex", "12 endpoint 42 “web”")),
            new Case(
                drop(133, 0, -3),
                "Drop",
                "xx drop (Policy denied) flow 0x0 to endpoint 0",
                Map.of("dst_id", "0 unknown", "ext_error", "-3 extended error")),
            new Case(
                trace(3, 0, false),
                "Trace",
                "-> stack flow 0x0",
                Map.of(
                    "point", "3 to-stack",
                    "dst_label", "0 unknown",
                    "dst_id", "0",
                    "reason", "0 new",
                    "flags", "0 IPv4",
                    "orig_ip", "10.0.0.1 address before translation; zero when not given")),
            new Case(
                trace(5, 0x85, true),
                "Trace",
                "<- endpoint 42 flow 0x0",
                Map.of(
                    "point", "5 from-endpoint",
                    "reason", "133 unknown, encrypted",
                    "flags", "1 IPv6")),
            new Case(
                verdict(0, 1, 1, false),
                "Policy verdict",
                "Policy verdict log: flow 0x0 local EP ID 42",
                Map.of(
                    "verdict", "0 allowed",
                    "dst_port", "80 host order",
                    "proto", "6 TCP",
                    "flags", "0x09 ingress, IPv4, match L3-Only")),
            new Case(
                verdict(-133, 2, 0, true),
                "Policy verdict",
                "Policy verdict log: ",
                Map.of(
                    "verdict", "-133 denied: Policy denied",
                    "flags", "0x42 egress, IPv4, match none, audited")),
            new Case(
                verdict(0x983a, 2, 7, false),
                "Policy verdict",
                "Policy verdict log: ",
                Map.of(
                    "verdict", "38970 to proxy port 15000",
                    "flags", "0x3a egress, IPv4, match ?")),
            new Case(
                new Notification.Debug(42, 8, 1, 255, 3),
                "Debug message",
                "CPU 00: MARK 0x0 FROM 42 DEBUG: message 8, args 0x1 0xff 0x3",
                Map.of("subtype", "8", "arg2", "255 0xff")),
            new Case(
                new Notification.DebugCapture(42, 4, 54, 1, 2, FRAME),
                "Debug capture",
                "CPU 00: MARK 0x0 FROM 42 DEBUG: 54 bytes, capture 4",
                Map.of("arg1", "1 0x1", "len_cap", "54 bytes of it that follow")),
            new Case(
                new Notification.Signal(0, 0),
                "Signal",
                "signal: NAT map full (IPv4)",
                Map.of("signal_nr", "0 NAT map full", "proto", "0 IPv4")),
            new Case(
                new Notification.Signal(1, 1),
                "Signal",
                "signal: CT map full (IPv6)",
                Map.of("signal_nr", "1 conntrack map full", "proto", "1 IPv6")),
            new Case(
                new Notification.Signal(2, 1),
                "Signal",
                "signal: number 2, map full (IPv6)",
                Map.of("signal_nr", "2")),
            new Case(
                new Notification.Unknown(Bytes.ofHex("630000")),
                "Unknown event",
                "unknown event, 3 bytes: ",
                Map.of("bytes", "3 a type that is not known, or too short for its type")))) {
      Letter letter = letter(c.told());
      assertThat(letter.title()).startsWith(c.title() + " at P1").contains(" in ");
      assertThat(letter.line()).startsWith(c.line());
      assertThat(letter.missing()).isFalse();
      Map<String, String> meanings = new LinkedHashMap<>();
      letter.fields().forEach(f -> meanings.put(f.name(), (f.value() + " " + f.meaning()).strip()));
      assertThat(meanings).as(c.line()).containsAllEntriesOf(c.meanings());
      if (!c.told().captured().equals(Bytes.empty())) {
        assertThat(meanings)
            .contains(entry("packet", "54 bytes 10.0.0.11:46000 -> 10.0.1.20:80 tcp SYN"));
      }
    }
  }

  @Test
  @Tag("window")
  void theCardShowsAllOfIt() throws Exception {
    FxThread.start();
    for (Notification each :
        List.of(
            drop(133, 42, 0),
            trace(3, 0, false),
            verdict(0, 1, 1, false),
            new Notification.Debug(42, 8, 1, 255, 3),
            new Notification.DebugCapture(42, 4, 54, 1, 2, FRAME),
            new Notification.Signal(1, 0),
            new Notification.Unknown(Bytes.ofHex("630000")))) {
      Focus focus = new Focus();
      List<String> said = new ArrayList<>();
      FxThread.run(() -> {
        NotificationViewModel model = new NotificationViewModel(focus, Work.here());
        NotificationView view = new NotificationView(model);
        model.shownProperty().set(true);
        focus.show(replay);
        focus.show(told(each), 0);
        words(view, said);
      });
      Letter letter = letter(each);
      assertThat(said).contains(letter.title(), letter.line());
      for (Line field : letter.fields()) {
        String value = field.value() + (field.meaning().isEmpty() ? "" : "  " + field.meaning());
        assertThat(said)
            .as(letter.title())
            .containsSubsequence(String.valueOf(field.offset()), field.name(), field.raw(), value);
      }
    }
  }

  private static void words(Node node, List<String> to) {
    if (node instanceof Labeled label) {
      to.add(label.getText());
    }
    if (node instanceof ScrollPane scroll) {
      words(scroll.getContent(), to);
    }
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> words(child, to));
    }
  }
}
