// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.Field;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.Step;
import org.tailwalk.event.Verdict;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.Era;
import org.tailwalk.text.Message;

/**
 * Says why two traces part. A known cause has a code of its own; what none fits gets the code of
 * what differs. Codes are stable; to add one, add it to the table in {@code docs/divergences.md} as
 * well.
 */
final class Explainer {
  private final DatapathConfig kernel;
  private final DatapathConfig model;
  private final String object;

  Explainer(DatapathConfig kernel, DatapathConfig model, String object) {
    this.object = object;
    this.kernel = kernel;
    this.model = model;
  }

  Divergence explain(AlignedStep row, PathTrace kernelTrace, PathTrace modelTrace) {
    Divergence.Kind kind = kind(row);
    Divergence known = known(row, kind, kernelTrace, modelTrace);
    return known != null ? known : generic(row, kind);
  }

  private static Divergence.Kind kind(AlignedStep row) {
    PathEvent a = event(row.kernel());
    PathEvent b = event(row.model());
    if (a instanceof PathEvent.Returned && b instanceof PathEvent.Returned) {
      return Divergence.Kind.VERDICT;
    }
    for (PathEvent event : new @Nullable PathEvent[] {a, b}) {
      if (event instanceof PathEvent.ProgramEvent) {
        return Divergence.Kind.PATH;
      }
    }
    return switch (Objects.requireNonNull(a != null ? a : b)) {
      case PathEvent.ProgramEvent _ -> Divergence.Kind.PATH;
      case PathEvent.MapEvent _ -> Divergence.Kind.MAP;
      case PathEvent.Notified _ -> Divergence.Kind.EVENT;
      case PathEvent.Rewritten _, PathEvent.ContextChanged _ -> Divergence.Kind.BYTES;
      case PathEvent.RedirectCalled _, PathEvent.VerdictReached _ -> Divergence.Kind.VERDICT;
    };
  }

  private static @Nullable PathEvent event(@Nullable Step step) {
    return step == null ? null : step.event();
  }

  private @Nullable Divergence known(
      AlignedStep row, Divergence.Kind kind, PathTrace kernelTrace, PathTrace modelTrace) {
    Notification.Drop kernelDrop = drop(kernelTrace);
    Notification.Drop modelDrop = drop(modelTrace);
    if (kernelTrace.verdict() instanceof Verdict.PassedUnpoliced(int code) && modelDrop != null) {
      return raw(row, kind, Message.of("differ.loaded-is", build(kernel)), kernelTrace, code);
    }
    if (modelTrace.verdict() instanceof Verdict.PassedUnpoliced(int code) && kernelDrop != null) {
      return raw(row, kind, Message.of("differ.model-is", build(model)), modelTrace, code);
    }
    if (kernelDrop != null
        && modelDrop != null
        && kernelDrop.reason() + modelDrop.reason() == 256
        && kernelDrop.reason() != modelDrop.reason()) {
      boolean wrongInKernel =
          DropReason.ofCode(modelDrop.reason()).isPresent() && modelDrop.reason() >= 128;
      int right = wrongInKernel ? modelDrop.reason() : kernelDrop.reason();
      return new Divergence(
          row.index(),
          kind,
          "wrong-reason-unsigned",
          Message.of(
              "differ.unsigned",
              wrongInKernel
                  ? Message.of("differ.loaded", build(kernel))
                  : Message.of("differ.model", build(model)),
              -right,
              256 - right,
              right,
              DropReason.describe(right, 0),
              Message.of(
                  DropReason.countsAsDrop(256 - right)
                      ? "differ.unsigned.other"
                      : "differ.unsigned.forwarded")));
    }
    return null;
  }

  private Divergence raw(
      AlignedStep row, Divergence.Kind kind, Message who, PathTrace trace, int code) {
    ProgramRef program = lastProgram(trace);
    String code0 = minus(code);
    String cause;
    String word;
    if (code == -140) {
      word = "missed-tail-call-silent";
      cause = "differ.raw.call";
    } else if (sixth(program) && (code == -156 || code == -157 || code == -134)) {
      word = "header-walk-silent";
      cause = "differ.raw.walk";
    } else {
      word = "raw-code-vs-notified-drop";
      cause = "differ.raw.lookup";
    }
    return new Divergence(
        row.index(),
        kind,
        word,
        Message.of(
            "differ.raw",
            who,
            Message.of(cause, ProgramNames.function(program)),
            code0 + ", " + DropReason.describe(-code & 0xff, 0),
            code0));
  }

  /** The number with the typographic minus sign that the window shows as well. */
  private static String minus(int code) {
    return code < 0 ? "\u2212" + -(long) code : Integer.toString(code);
  }

  private static boolean sixth(ProgramRef program) {
    return switch (program.id()) {
      case "2/30", "2/31", "2/32", "2/10", "2/12", "2/14", "2/26" -> true;
      default -> false;
    };
  }

  private static Message build(DatapathConfig config) {
    return switch (config.era()) {
      case SEED -> Message.of("differ.build.seed");
      case WALKTHROUGH2020 -> Message.of("differ.build.2020");
      case LOOPER -> Message.of("differ.build.looper");
      case PR25426, PR26115, PR26118, PR33551 ->
          Message.of("differ.build.at", config.era().label());
    };
  }

  private static ProgramRef lastProgram(PathTrace trace) {
    ProgramRef last = new ProgramRef(0, "");
    for (PathEvent event : trace.events()) {
      if (event instanceof PathEvent.ProgramEvent program) {
        last = program.program();
      }
    }
    return last;
  }

  private static Notification.@Nullable Drop drop(PathTrace trace) {
    for (PathEvent event : trace.events()) {
      if (event instanceof PathEvent.Notified(_, Notification.Drop drop)) {
        return drop;
      }
    }
    return null;
  }

  private Divergence generic(AlignedStep row, Divergence.Kind kind) {
    PathEvent a = event(row.kernel());
    PathEvent b = event(row.model());
    PathEvent any = Objects.requireNonNull(a != null ? a : b);
    String code =
        a != null && b != null && a.getClass() != b.getClass()
            ? "path-differs"
            : switch (any) {
              case PathEvent.Entered _ ->
                  a != null && b != null ? "entry-context-differs" : "program-differs";
              case PathEvent.TailCallTaken _, PathEvent.TailCallMissed _ -> "tail-call-differs";
              case PathEvent.Returned _ -> "return-code-differs";
              case PathEvent.MapEvent m -> mapCode(m, a, b);
              case PathEvent.Notified _ ->
                  a == null || b == null ? "notification-missing" : "notification-differs";
              case PathEvent.RedirectCalled _ -> "redirect-differs";
              case PathEvent.Rewritten _ -> "bytes-differ";
              case PathEvent.ContextChanged _ -> "context-differs";
              case PathEvent.VerdictReached _ -> "verdict-differs";
            };
    return new Divergence(row.index(), kind, code, Message.plain(sentence(a, b), eras()));
  }

  private Message eras() {
    Era k = kernel.era();
    Era m = model.era();
    return k == m && object.isEmpty()
        ? Message.plain()
        : Message.of("differ.eras", object.isEmpty() ? k.label() : object, m.label());
  }

  private static String mapCode(
      PathEvent.MapEvent event, @Nullable PathEvent a, @Nullable PathEvent b) {
    MapRole role = event.map().role();
    if (event instanceof PathEvent.LookedUp) {
      if (role.conntrack()) {
        return "conntrack-lookup-differs";
      }
      return role == MapRole.POLICY ? "policy-lookup-differs" : "lookup-differs";
    }
    if (role.conntrack()) {
      return a == null || b == null ? "conntrack-entry-missing" : "conntrack-entry-differs";
    }
    return switch (role) {
      case POLICY -> "policy-counter-differs";
      case METRICS -> "metric-differs";
      case CT_BUFFER4, CT_BUFFER6 -> "conntrack-buffer-differs";
      default -> "map-entry-differs";
    };
  }

  private static Message sentence(@Nullable PathEvent a, @Nullable PathEvent b) {
    if (a == null) {
      return Message.of("differ.only-model", EventText.message(Objects.requireNonNull(b)));
    }
    if (b == null) {
      return Message.of("differ.only-kernel", EventText.message(a));
    }
    if (a instanceof PathEvent.Changed x && b instanceof PathEvent.Changed y) {
      List<Message> fields = fields(x, y);
      if (!fields.isEmpty()) {
        return Message.of("differ.entry", x.map(), Message.joined("; ", fields));
      }
    }
    if (a instanceof PathEvent.Notified(_, Notification x)
        && b instanceof PathEvent.Notified(_, Notification y)) {
      List<Message> fields =
          difference(Observables.withoutLine(x).fields(), Observables.withoutLine(y).fields());
      if (!fields.isEmpty()) {
        return Message.of("differ.notifications", Message.joined("; ", fields));
      }
    }
    Message left = EventText.message(a);
    Message right = EventText.message(b);
    return left.equals(right)
        ? Message.of("differ.contents", left)
        : Message.of("differ.both", left, right);
  }

  private static List<Message> fields(PathEvent.Changed x, PathEvent.Changed y) {
    MapValue a = Observables.net(x.before(), x.after());
    MapValue b = Observables.net(y.before(), y.after());
    if (a == null || b == null) {
      return List.of(
          Message.of(
              a == null
                  ? b == null ? "differ.gone.both" : "differ.gone.kernel"
                  : "differ.gone.model"));
    }
    return difference(a.fields(), b.fields());
  }

  private static List<Message> difference(List<Field> a, List<Field> b) {
    List<Message> different = new ArrayList<>();
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (!a.get(i).equals(b.get(i))) {
        different.add(
            Message.of("differ.field", a.get(i).name(), a.get(i).text(), b.get(i).text()));
      }
    }
    return different;
  }
}
