// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.Step;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.Divergence;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.Mark;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.Reading;

/** JSON Lines: an object for each packet, and a summary at the end. */
public final class JsonReport implements ReplayReport {
  private static final int VERSION = 1;
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  private final PrintWriter out;
  private final RunInfo run;

  /** Writes to a stream. */
  public JsonReport(PrintWriter out, RunInfo run) {
    this.out = out;
    this.run = run;
  }

  @Override
  public void packet(PacketReplay packet) {
    out.println(GSON.toJson(json(packet)));
  }

  @Override
  public void end(ReplaySummary summary) {
    out.println(GSON.toJson(json(summary)));
  }

  private static JsonObject line(String type) {
    JsonObject json = new JsonObject();
    json.addProperty("type", type);
    json.addProperty("version", VERSION);
    return json;
  }

  JsonObject json(PacketReplay packet) {
    JsonObject json = line("packet");
    json.addProperty("packet", packet.number());
    json.addProperty("time", Times.seconds(packet.frame().timeNanos()));
    json.addProperty("length", packet.frame().originalLength());
    JsonObject marks = marks(packet.placement().marks());
    switch (packet.placement()) {
      case Placement.Run placed -> {
        json.addProperty("hook", placed.injection().hook().name());
        json.addProperty("endpoint", placed.injection().endpoint());
        json.addProperty("preDatapath", placed.preDatapath());
      }
      case Placement.NotRun(String reason, String detail, _) -> {
        notEntered(json);
        JsonObject why = new JsonObject();
        why.addProperty("reason", reason);
        why.addProperty("detail", detail);
        json.add("notRun", why);
      }
      case Placement.DuplicateOf(long first, _) -> {
        notEntered(json);
        marks.addProperty("duplicateOf", first);
      }
    }
    json.add("marks", marks);
    json.add("kernel", lane(packet, packet.kernel(), true));
    json.add("model", lane(packet, packet.model(), false));
    json.add("divergence", divergence(packet.divergence()));
    return json;
  }

  private static void notEntered(JsonObject json) {
    json.add("hook", JsonNull.INSTANCE);
    json.add("endpoint", JsonNull.INSTANCE);
    json.add("preDatapath", JsonNull.INSTANCE);
  }

  private static JsonObject marks(Set<Mark> marks) {
    JsonObject json = new JsonObject();
    marks.stream().sorted().forEach(mark -> json.addProperty(mark.label(), true));
    return json;
  }

  private JsonElement lane(PacketReplay packet, @Nullable LaneTrace lane, boolean kernel) {
    if (lane == null) {
      return JsonNull.INSTANCE;
    }
    Reading reading = lane.reading();
    JsonObject json = new JsonObject();
    json.addProperty("verdict", reading.verdict().word());
    JsonObject detail = EventJson.verdict(reading.verdict());
    detail.remove("word");
    json.add("verdictDetail", detail);
    JsonObject code = new JsonObject();
    code.addProperty("raw", Integer.toUnsignedLong(reading.returnCode()));
    code.addProperty("signed", reading.returnCode());
    json.add("returnCode", code);
    json.add("dropReason", reason(reading.dropReason()));
    json.add(
        "notified",
        reading.notified() == null ? JsonNull.INSTANCE : new JsonPrimitive(reading.notified()));
    json.addProperty("metricCounted", reading.metricCounted());
    json.addProperty("unheard", reading.unheard());
    json.add("confidence", confidence(lane));
    json.add("ctResult", status(reading.ctResult().orElse(null)));
    JsonArray ct = new JsonArray();
    reading.ct().forEach(lookup -> ct.add(lookup(lookup)));
    json.add("ct", ct);
    JsonArray steps = new JsonArray();
    for (AlignedStep row : packet.rows()) {
      Step step = kernel ? row.kernel() : row.model();
      steps.add(EventJson.step(step, row.id(packet.number())));
    }
    json.add("steps", steps);
    return json;
  }

  private static JsonElement reason(Reading.@Nullable Reason reason) {
    if (reason == null) {
      return JsonNull.INSTANCE;
    }
    JsonObject json = new JsonObject();
    json.addProperty("code", reason.code());
    json.addProperty("name", reason.name());
    return json;
  }

  private JsonObject confidence(LaneTrace lane) {
    JsonObject json = new JsonObject();
    json.addProperty("scenario", run.scenario().inferred() ? "inferred" : "given");
    json.addProperty("capturePoint", run.scenario().capturePoint().label());
    json.add("notReproduced", array(lane.trace().notes()));
    return json;
  }

  private static JsonElement status(@Nullable CtStatus status) {
    return status == null ? JsonNull.INSTANCE : new JsonPrimitive(status.name());
  }

  private static JsonObject lookup(Reading.CtLookup lookup) {
    JsonObject json = new JsonObject();
    json.addProperty("endpoint", lookup.endpoint());
    json.addProperty("direction", lookup.direction().label());
    json.addProperty("map", lookup.map().name().toLowerCase(java.util.Locale.ROOT));
    json.add("tuple", EventJson.key(lookup.tuple()));
    json.add("status", status(lookup.status()));
    json.addProperty("evidence", lookup.evidence().label());
    return json;
  }

  private static JsonElement divergence(@Nullable Divergence divergence) {
    if (divergence == null) {
      return JsonNull.INSTANCE;
    }
    JsonObject json = new JsonObject();
    json.addProperty("step", divergence.step());
    json.addProperty("kind", divergence.kind().label());
    json.addProperty("code", divergence.code());
    json.addProperty("explanation", divergence.explanation());
    return json;
  }

  JsonObject json(ReplaySummary summary) {
    JsonObject json = line("summary");
    json.addProperty("capture", run.capture());
    JsonObject scenario = new JsonObject();
    scenario.addProperty("name", run.scenario().name());
    scenario.addProperty("inferred", run.scenario().inferred());
    scenario.add("notes", array(run.scenario().notes()));
    scenario.addProperty("capturePoint", run.scenario().capturePoint().label());
    scenario.addProperty("datapath", run.scenario().datapath().toString());
    scenario.addProperty("model", run.scenario().modelConfig().era().label());
    json.add("scenario", scenario);
    json.addProperty("packets", summary.packets());
    json.addProperty("duplicates", summary.duplicates());
    json.add("notRun", counts(summary.notRun()));
    json.add("kernel", lane(run.kernel(), summary.kernel()));
    json.add("model", lane(run.model(), summary.model()));
    json.addProperty("divergences", summary.divergences());
    json.add("divergenceCodes", counts(summary.divergenceCodes()));
    json.addProperty("interrupted", summary.interrupted());
    json.add("warnings", array(summary.warnings()));
    return json;
  }

  private static JsonElement lane(@Nullable String description, ReplaySummary.Lane lane) {
    if (description == null) {
      return JsonNull.INSTANCE;
    }
    JsonObject json = new JsonObject();
    json.addProperty("engine", description);
    json.addProperty("run", lane.run());
    json.add("verdicts", counts(lane.verdicts()));
    json.addProperty("wentWrong", lane.wentWrong());
    json.addProperty("unheard", lane.unheard());
    return json;
  }

  private static JsonObject counts(Map<String, Long> counts) {
    JsonObject json = new JsonObject();
    counts.forEach(json::addProperty);
    return json;
  }

  private static JsonArray array(List<String> texts) {
    JsonArray json = new JsonArray();
    texts.forEach(json::add);
    return json;
  }
}
