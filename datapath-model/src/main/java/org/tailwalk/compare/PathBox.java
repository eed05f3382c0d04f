// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.Hook;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Step;
import org.tailwalk.event.Verdict;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.ProgramNames;
import org.tailwalk.replay.Reading;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.text.Message;

/**
 * A box of a packet's path: a program it went through, or where it ended.
 *
 * @param heading the program, or the place
 * @param note what happened there, in a few words
 * @param kind how it looks
 * @param differs whether the other side's path differs here
 * @param firstRow 1-based row of the aligned steps where it begins; 0 for a place not reached
 */
public record PathBox(Message heading, Message note, Kind kind, boolean differs, int firstRow) {
  /** The heading in English. */
  public String title() {
    return heading.english();
  }

  /** The note in English. */
  public String words() {
    return note.english();
  }

  /** How a box looks. */
  public enum Kind {
    PROGRAM,
    /** The pod or the stack: the packet arrived. */
    ARRIVED,
    DROPPED,
    /** Passed on a code that the hook takes for no verdict. */
    UNPOLICED,
    /** Where it would have gone. */
    NOT_REACHED
  }

  /**
   * The path of one packet in one lane; where there are two, it is said where they differ.
   *
   * @param kernelLane the kernel's, or the model's
   */
  public static List<PathBox> of(Scenario scenario, PacketReplay packet, boolean kernelLane) {
    List<PairRow> rows = new ArrayList<>();
    for (AlignedStep step : packet.rows()) {
      rows.add(new PairRow(step.index(), step.kernel(), step.model(), step.same()));
    }
    Look look = Look.of("A", new SideRecorder(scenario, kernelLane).done(), packet);
    return of(look, rows, kernelLane, packet.kernel() != null && packet.model() != null);
  }

  static List<PathBox> of(Look look, List<PairRow> rows, boolean left, boolean compared) {
    if (!look.ran()) {
      return List.of(
          new PathBox(Message.of("not-run"), look.notRun(), Kind.NOT_REACHED, compared, 0));
    }
    List<PathBox> boxes = new ArrayList<>();
    List<PathEvent> inside = new ArrayList<>();
    PathEvent.@Nullable Entered program = null;
    int first = 0;
    boolean differs = false;
    int ctAt = 0;
    for (PairRow row : rows) {
      Step step = left ? row.a() : row.b();
      if (step == null) {
        continue;
      }
      if (step.event() instanceof PathEvent.Entered entered) {
        if (program != null) {
          boxes.add(box(look, program, inside, first, differs, ctAt));
          ctAt += lookups(inside);
        }
        program = entered;
        inside.clear();
        first = row.index();
        differs = false;
      }
      inside.add(step.event());
      differs |= compared && !row.same() && !atEnd(step.event());
    }
    if (program != null) {
      boxes.add(box(look, program, inside, first, differs, ctAt));
    }
    end(look, rows, boxes, compared, left);
    return boxes;
  }

  private static boolean atEnd(PathEvent event) {
    return event instanceof PathEvent.VerdictReached
        || event instanceof PathEvent.Rewritten
        || event instanceof PathEvent.ContextChanged;
  }

  private static int lookups(List<PathEvent> inside) {
    int count = 0;
    for (PathEvent event : inside) {
      count += event instanceof PathEvent.LookedUp l && l.map().role().conntrack() ? 1 : 0;
    }
    return count > 0 ? 1 : 0;
  }

  private static PathBox box(
      Look look,
      PathEvent.Entered program,
      List<PathEvent> inside,
      int first,
      boolean differs,
      int ctAt) {
    return new PathBox(
        Message.plain(ProgramNames.function(program.program())),
        words(look, inside, first == 1, ctAt),
        Kind.PROGRAM,
        differs,
        first);
  }

  private static Message words(Look look, List<PathEvent> inside, boolean entry, int ctAt) {
    int policy = 0;
    boolean policyHit = false;
    boolean conntrack = false;
    @Nullable Message sent = null;
    @Nullable Message raw = null;
    for (PathEvent event : inside) {
      switch (event) {
        case PathEvent.LookedUp l when l.map().role() == MapRole.POLICY -> {
          policy++;
          policyHit |= l.hit();
        }
        case PathEvent.LookedUp l when l.map().role().conntrack() -> conntrack = true;
        case PathEvent.Notified(_, Notification.Drop d) ->
            sent = Message.of("box.drop", DropReason.describe(d.reason(), 0));
        case PathEvent.Returned r when r.code() < 0 -> raw = Message.of("box.returns", r.code());
        case PathEvent.TailCallMissed m -> raw = Message.of("aspect.path.missed", m.slot());
        default -> {}
      }
    }
    if (raw != null) {
      return raw;
    }
    if (sent != null) {
      return sent;
    }
    if (conntrack) {
      Reading.CtLookup lookup =
          look.ct().isEmpty() ? null : look.ct().get(Math.min(ctAt, look.ct().size() - 1));
      CtStatus status = lookup == null ? null : lookup.status();
      return Message.of(
          lookup != null && lookup.found() != null ? "box.ct.hit" : "box.ct.miss",
          status == null ? "?" : status.name());
    }
    if (policy > 0) {
      CtStatus status = look.ct().isEmpty() ? null : look.ct().getLast().status();
      boolean ignored = status == CtStatus.REPLY || status == CtStatus.RELATED;
      Message tried = policy == 1 ? Message.of("box.lookup") : Message.of("box.lookups", policy);
      return Message.of(
          policyHit ? "box.policy.hit" : ignored ? "box.policy.ignored" : "box.policy.miss", tried);
    }
    return entry ? Message.of("box.entry") : Message.plain();
  }

  private static void end(
      Look look, List<PairRow> rows, List<PathBox> boxes, boolean compared, boolean left) {
    Verdict verdict = look.lane() == null ? null : look.lane().trace().verdict();
    if (verdict == null) {
      return;
    }
    int row = 0;
    boolean differs = false;
    for (PairRow r : rows) {
      Step step = left ? r.a() : r.b();
      if (step != null && step.event() instanceof PathEvent.VerdictReached) {
        row = r.index();
        differs = compared && !r.same();
      }
    }
    Message place = place(look);
    switch (verdict) {
      case Verdict.ToStack _ ->
          boxes.add(
              new PathBox(
                  Message.of("box.host"),
                  Message.plain("✔ TC_ACT_OK"),
                  Kind.ARRIVED,
                  differs,
                  row));
      case Verdict.ToPod _ ->
          boxes.add(new PathBox(place, Message.of("box.passes"), Kind.ARRIVED, differs, row));
      case Verdict.Redirected(long ifindex, _) ->
          boxes.add(
              new PathBox(
                  pod(look, ifindex),
                  Message.of("box.redirect", ifindex),
                  Kind.ARRIVED,
                  differs,
                  row));
      case Verdict.ToProxy(int port) ->
          boxes.add(
              new PathBox(
                  Message.of("box.proxy"),
                  Message.of("box.port", port),
                  Kind.ARRIVED,
                  differs,
                  row));
      case Verdict.Dropped _ -> {
        Reading.Reason reason = look.lane() == null ? null : look.lane().reading().dropReason();
        boxes.add(
            new PathBox(
                Message.of("verdict.dropped"),
                reason == null
                    ? Message.of("box.no-reason")
                    : Message.plain("✖ ", reason.text(), " (", reason.code(), ")"),
                Kind.DROPPED,
                differs,
                row));
        boxes.add(new PathBox(place, Message.of("box.unreached"), Kind.NOT_REACHED, false, 0));
      }
      case Verdict.PassedUnpoliced(int code) ->
          boxes.add(
              new PathBox(place, Message.of("box.unpoliced", code), Kind.UNPOLICED, differs, row));
      case Verdict.NotRun _ -> {}
    }
  }

  private static Message place(Look look) {
    if (look.packet().placement() instanceof Placement.Run run) {
      if (run.injection().hook() == Hook.FROM_CONTAINER) {
        return Message.of("box.host");
      }
      return name(look, run.injection().endpoint());
    }
    return Message.plain();
  }

  private static Message pod(Look look, long ifindex) {
    for (EndpointConfig endpoint : look.record().scenario().node().endpoints()) {
      if (endpoint.ifindex() == ifindex) {
        return name(look, endpoint.id());
      }
    }
    return Message.plain("ifindex ", ifindex);
  }

  private static Message name(Look look, int endpoint) {
    return look.record()
        .scenario()
        .node()
        .endpoint(endpoint)
        .map(EndpointConfig::name)
        .filter(n -> !n.isEmpty())
        .map(n -> Message.of("box.pod.named", n))
        .orElse(Message.of("box.pod", endpoint));
  }
}
