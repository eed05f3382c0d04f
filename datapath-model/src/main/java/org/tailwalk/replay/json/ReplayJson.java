// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.Sweep;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.Step;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.PacketSummary;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.Divergence;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.Mark;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.Reading;
import org.tailwalk.replay.ReplaySummary;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.text.Message;

/** Replayed packets and the summary behind them as JSON lines, without line feeds. */
public final class ReplayJson {
  /** The version of the lines. */
  public static final int VERSION = 1;

  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  private final Scenario scenario;
  private final boolean kernelLane;
  private final boolean modelLane;

  /**
   * A writer for one replay.
   *
   * @param kernelLane whether there is one: its field is null otherwise
   * @param modelLane likewise
   */
  public ReplayJson(Scenario scenario, boolean kernelLane, boolean modelLane) {
    this.scenario = scenario;
    this.kernelLane = kernelLane;
    this.modelLane = modelLane;
  }

  /** A packet's line. */
  public String packet(PacketReplay packet) {
    JsonObject o = new JsonObject();
    o.addProperty("type", "packet");
    o.addProperty("version", VERSION);
    o.addProperty("packet", packet.number());
    o.addProperty("time", JsonValues.time(packet.frame().timeNanos()));
    PacketSummary summary = PacketSummary.of(packet.frame());
    o.addProperty("source", summary.source());
    o.addProperty("destination", summary.destination());
    o.addProperty("protocol", summary.protocol());
    o.addProperty("info", summary.info());
    o.addProperty("length", packet.frame().originalLength());
    JsonObject marks = new JsonObject();
    packet.placement().marks().stream()
        .sorted()
        .forEach(mark -> marks.addProperty(camel(mark), true));
    switch (packet.placement()) {
      case Placement.Run(var injection, boolean pre, _) -> {
        o.addProperty("hook", injection.hook().name());
        o.addProperty("endpoint", injection.endpoint());
        o.addProperty("preDatapath", pre);
        o.addProperty("virtualTime", JsonValues.time(injection.timeNanos()));
      }
      case Placement.NotRun _ -> unplaced(o);
      case Placement.DuplicateOf(long first, _) -> {
        unplaced(o);
        marks.addProperty("duplicateOf", first);
      }
    }
    o.add("marks", marks);
    o.add("kernel", lane(packet, packet.kernel(), true));
    o.add("model", lane(packet, packet.model(), false));
    o.add("divergence", divergence(packet.divergence()));
    return GSON.toJson(o);
  }

  private static void unplaced(JsonObject o) {
    for (String name : List.of("hook", "endpoint", "preDatapath", "virtualTime")) {
      o.add(name, JsonNull.INSTANCE);
    }
  }

  /** Lower camel case, as all field names are. */
  private static String camel(Mark mark) {
    String[] words = mark.label().split("-", -1);
    StringBuilder text = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      text.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[i].substring(1));
    }
    return text.toString();
  }

  private static JsonElement divergence(@Nullable Divergence divergence) {
    if (divergence == null) {
      return JsonNull.INSTANCE;
    }
    JsonObject o = new JsonObject();
    o.addProperty("step", divergence.step());
    o.addProperty("kind", divergence.kind().label());
    o.addProperty("code", divergence.code());
    o.addProperty("explanation", divergence.explanation());
    return o;
  }

  private JsonElement lane(PacketReplay packet, @Nullable LaneTrace lane, boolean kernel) {
    if (lane == null) {
      return kernel ? notRun(packet, kernelLane) : notRun(packet, modelLane);
    }
    JsonObject o = new JsonObject();
    Reading reading = lane.reading();
    EventJson.verdict(o, reading.verdict());
    reading(o, reading, lane.trace());
    JsonArray steps = new JsonArray();
    for (AlignedStep row : packet.rows()) {
      Step step = kernel ? row.kernel() : row.model();
      if (step == null) {
        steps.add(JsonNull.INSTANCE);
        continue;
      }
      JsonObject s = new JsonObject();
      s.addProperty("id", row.id(packet.number()));
      s.addProperty("same", row.same());
      EventJson.write(step).asMap().forEach(s::add);
      steps.add(s);
    }
    o.add("steps", steps);
    o.addProperty("frame", lane.trace().frame().hex());
    o.add("context", EventJson.context(lane.trace().context()));
    JsonArray sweeps = new JsonArray();
    lane.sweeps().forEach(sweep -> sweeps.add(sweep(sweep)));
    o.add("sweeps", sweeps);
    return o;
  }

  /** A lane that is there, of a packet that was not run in it. */
  private JsonElement notRun(PacketReplay packet, boolean laneOpen) {
    if (!laneOpen) {
      return JsonNull.INSTANCE;
    }
    Verdict.NotRun verdict =
        switch (packet.placement()) {
          case Placement.NotRun(String reason, Message detail, _) ->
              new Verdict.NotRun(reason, detail.english());
          case Placement.DuplicateOf(long first, _) ->
              new Verdict.NotRun("duplicate", "the same packet as number " + first);
          case Placement.Run _ ->
              new Verdict.NotRun("no-result", "the replay ended before this packet");
        };
    JsonObject o = new JsonObject();
    EventJson.verdict(o, verdict);
    o.add("returnCode", JsonNull.INSTANCE);
    o.add("dropReason", JsonNull.INSTANCE);
    o.add("notified", JsonNull.INSTANCE);
    o.addProperty("metricCounted", false);
    o.addProperty("unheard", false);
    o.add("confidence", confidence(List.of()));
    o.add("ctResult", JsonNull.INSTANCE);
    o.add("ct", new JsonArray());
    o.add("policy", new JsonArray());
    o.add("steps", new JsonArray());
    return o;
  }

  private void reading(JsonObject o, Reading reading, PathTrace trace) {
    if (reading.verdict() instanceof Verdict.NotRun) {
      o.add("returnCode", JsonNull.INSTANCE);
    } else {
      JsonObject code = new JsonObject();
      code.addProperty("raw", Integer.toUnsignedLong(reading.returnCode()));
      code.addProperty("signed", reading.returnCode());
      o.add("returnCode", code);
    }
    Reading.Reason reason = reading.dropReason();
    if (reason == null) {
      o.add("dropReason", JsonNull.INSTANCE);
    } else {
      JsonObject r = new JsonObject();
      r.addProperty("code", reason.code());
      r.addProperty("name", reason.name());
      o.add("dropReason", r);
    }
    o.addProperty("notified", reading.notified());
    o.addProperty("metricCounted", reading.metricCounted());
    o.addProperty("unheard", reading.unheard());
    o.add("confidence", confidence(trace.notes()));
    o.addProperty("ctResult", reading.ctResult().map(CtStatus::name).orElse(null));
    JsonArray ct = new JsonArray();
    reading.ct().forEach(lookup -> ct.add(ct(lookup)));
    o.add("ct", ct);
    JsonArray policy = new JsonArray();
    reading.policy().forEach(decision -> policy.add(policy(decision)));
    o.add("policy", policy);
  }

  private JsonObject confidence(List<String> notes) {
    JsonObject o = new JsonObject();
    o.addProperty("scenario", scenario.inferred() ? "inferred" : "given");
    o.addProperty("capturePoint", scenario.capturePoint().label());
    JsonArray missing = new JsonArray();
    notes.forEach(missing::add);
    o.add("notReproduced", missing);
    return o;
  }

  private static JsonObject ct(Reading.CtLookup lookup) {
    JsonObject o = new JsonObject();
    o.addProperty("endpoint", lookup.endpoint());
    o.addProperty("direction", lookup.direction().label());
    o.addProperty("map", lookup.map().name().toLowerCase(Locale.ROOT));
    o.addProperty("status", Optional.ofNullable(lookup.status()).map(CtStatus::name).orElse(null));
    o.addProperty("evidence", lookup.evidence().label());
    return o;
  }

  private static JsonObject policy(Reading.PolicyDecision decision) {
    JsonObject o = new JsonObject();
    o.addProperty("endpoint", decision.endpoint());
    o.addProperty("direction", decision.direction().label());
    o.addProperty("match", decision.match().name().toLowerCase(Locale.ROOT));
    var winner = decision.winner();
    o.add(
        "winner",
        winner == null ? JsonNull.INSTANCE : JsonValues.record(winner, java.util.Set.of()));
    o.addProperty("verdict", decision.verdict());
    o.addProperty("evidence", decision.evidence().label());
    return o;
  }

  private static JsonObject sweep(Sweep sweep) {
    JsonObject o = new JsonObject();
    o.addProperty("time", JsonValues.time(sweep.firstNanos()));
    o.addProperty("last", JsonValues.time(sweep.lastNanos()));
    o.addProperty("count", Long.toString(sweep.count()));
    o.addProperty("cause", sweep.cause().name().toLowerCase(Locale.ROOT));
    JsonArray deleted = new JsonArray();
    for (Sweep.Collected collected : sweep.deleted()) {
      JsonObject d = new JsonObject();
      d.add("map", EventJson.map(collected.map()));
      d.add("tuple", JsonValues.record(collected.tuple(), java.util.Set.of()));
      d.addProperty("lifetime", collected.entry().lifetime());
      deleted.add(d);
    }
    o.add("deleted", deleted);
    return o;
  }

  /**
   * The last line.
   *
   * @param kernel what ran in the kernel lane; null without one
   * @param model likewise
   */
  public String summary(ReplaySummary summary, @Nullable String kernel, @Nullable String model) {
    return summary(summary, kernel, model, null);
  }

  /**
   * What surrounds a replay's figures.
   *
   * @param capture its name
   * @param warnings what the reader of the result should know, such as where a capture was cut off
   * @param interrupted ended before the capture's end
   * @param claims whether agreement of the engines may be claimed: not once a map was full
   */
  public record Run(String capture, List<String> warnings, boolean interrupted, boolean claims) {
    /** Keeps its own copy. */
    public Run {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The last line.
   *
   * @param kernel what ran in the kernel lane; null without one
   * @param model likewise
   * @param run null leaves its fields out
   */
  public String summary(
      ReplaySummary summary, @Nullable String kernel, @Nullable String model, @Nullable Run run) {
    JsonObject o = new JsonObject();
    o.addProperty("type", "summary");
    o.addProperty("version", VERSION);
    if (run != null) {
      o.addProperty("capture", run.capture());
      JsonArray warnings = new JsonArray();
      run.warnings().forEach(warnings::add);
      o.add("warnings", warnings);
      o.addProperty("interrupted", run.interrupted());
      o.addProperty("agreement", agreement(summary, run.claims()));
    }
    o.addProperty("scenario", scenario.name());
    o.addProperty("inferred", scenario.inferred());
    o.addProperty("capturePoint", scenario.capturePoint().label());
    o.addProperty("datapath", scenario.datapath().toString());
    o.addProperty("modelEra", scenario.modelConfig().era().label());
    o.addProperty("kernel", kernel);
    o.addProperty("model", model);
    o.addProperty("packets", summary.packets());
    o.addProperty("run", summary.run());
    o.addProperty("duplicates", summary.duplicates());
    o.addProperty("dropped", summary.dropped());
    o.addProperty("passedUnpoliced", summary.passedUnpoliced());
    o.addProperty("unheard", summary.unheard());
    o.addProperty("diverging", summary.diverging());
    o.addProperty("incomparable", summary.incomparable());
    o.addProperty("compared", summary.compared());
    JsonObject notRun = new JsonObject();
    summary.notRun().forEach(notRun::addProperty);
    o.add("notRun", notRun);
    JsonObject verdicts = new JsonObject();
    summary.verdicts().forEach(verdicts::addProperty);
    o.add("verdicts", verdicts);
    JsonObject codes = new JsonObject();
    summary.divergenceCodes().forEach(codes::addProperty);
    o.add("divergenceCodes", codes);
    return GSON.toJson(o);
  }

  private static String agreement(ReplaySummary summary, boolean claims) {
    if (!summary.agreed()) {
      return "differ";
    }
    if (summary.compared() == 0) {
      return "not-compared";
    }
    return claims ? "agree" : "not-claimed";
  }

  /**
   * Reads a lane's trace out of a packet's line; empty where the lane is absent or did not run the
   * packet.
   *
   * @param lane {@code kernel} or {@code model}
   * @throws IllegalArgumentException when the line is not a packet's, or not of a version we read
   */
  public static Optional<PathTrace> trace(String line, String lane) {
    try {
      JsonElement parsed = JsonParser.parseString(line);
      if (!parsed.isJsonObject()) {
        throw new IllegalArgumentException("a line is an object");
      }
      JsonObject o = parsed.getAsJsonObject();
      if (!JsonValues.text(o, "type").equals("packet")) {
        throw new IllegalArgumentException("not a packet's line");
      }
      if (JsonValues.number(o, "version") != VERSION) {
        throw new IllegalArgumentException("lines of version " + VERSION + " can be read");
      }
      if (!JsonValues.present(o, lane)
          || !JsonValues.present(JsonValues.object(o, lane), "frame")) {
        return Optional.empty();
      }
      JsonObject l = JsonValues.object(o, lane);
      List<Step> steps = new ArrayList<>();
      for (JsonElement step : l.getAsJsonArray("steps")) {
        if (!step.isJsonNull()) {
          steps.add(EventJson.step(step.getAsJsonObject()));
        }
      }
      List<String> notes = new ArrayList<>();
      JsonValues.object(l, "confidence")
          .getAsJsonArray("notReproduced")
          .forEach(n -> notes.add(n.getAsString()));
      return Optional.of(
          new PathTrace(
              steps,
              JsonValues.present(l, "returnCode")
                  ? (int) JsonValues.number(JsonValues.object(l, "returnCode"), "signed")
                  : 0,
              Bytes.ofHex(JsonValues.text(l, "frame")),
              EventJson.context(JsonValues.object(l, "context")),
              notes));
    } catch (JsonParseException
        | ClassCastException
        | IllegalStateException
        | NullPointerException
        | UnsupportedOperationException e) {
      throw new IllegalArgumentException("not a packet's line: " + e.getMessage(), e);
    }
  }

  /** The nanoseconds of a line's time. */
  public static long nanos(String time) {
    return JsonValues.nanos(time);
  }
}
