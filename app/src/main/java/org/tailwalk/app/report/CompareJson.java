// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.compare.core.ComparedPair;
import org.tailwalk.app.compare.core.ComparedSide;
import org.tailwalk.app.packets.PacketTable;
import org.tailwalk.compare.Alignment;
import org.tailwalk.compare.Aspect;
import org.tailwalk.compare.Comparison;
import org.tailwalk.compare.Difference;
import org.tailwalk.compare.FlowPair;
import org.tailwalk.event.CtStatus;
import org.tailwalk.packet.PacketSummary;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;

/** A comparison as JSON lines after {@code docs/schema/compare.schema.json}. */
public final class CompareJson implements CompareReport {
  /** The version of the lines. */
  public static final int VERSION = 1;

  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  private final PrintWriter out;
  private final boolean all;

  /**
   * Writes to a stream.
   *
   * @param all whether rows that are the same are told as well
   */
  public CompareJson(PrintWriter out, boolean all) {
    this.out = out;
    this.all = all;
  }

  @Override
  public boolean wantsAll() {
    return all;
  }

  private static JsonObject line(String type) {
    JsonObject o = new JsonObject();
    o.addProperty("type", type);
    o.addProperty("version", VERSION);
    return o;
  }

  @Override
  public void begin(ComparedPair pair) {
    JsonObject o = line("comparison");
    o.add("a", side(pair.a()));
    o.add("b", side(pair.b()));
    Alignment alignment = pair.comparison().alignment();
    o.addProperty("alignedBy", alignment.by().label());
    JsonArray flows = new JsonArray();
    for (FlowPair flow : alignment.flows()) {
      JsonObject f = new JsonObject();
      f.add("a", flow(pair.a(), flow.a()));
      f.add("b", flow(pair.b(), flow.b()));
      f.addProperty("percent", flow.percent());
      f.addProperty("reason", flow.reason());
      flows.add(f);
    }
    o.add("flows", flows);
    out.println(GSON.toJson(o));
  }

  private static JsonElement flow(ComparedSide side, int index) {
    return index < 0
        ? JsonNull.INSTANCE
        : new com.google.gson.JsonPrimitive(side.record().prints().flows().get(index).text());
  }

  private static JsonObject side(ComparedSide side) {
    JsonObject o = new JsonObject();
    PacketTable.Counts counts = side.replay().summaries().counts();
    o.addProperty("capture", side.name());
    o.addProperty("scenario", side.replay().scenario().name());
    o.addProperty("inferred", side.replay().scenario().inferred());
    o.addProperty("datapath", side.replay().scenario().datapath().toString());
    o.addProperty("lane", side.record().kernelLane() ? "kernel" : "model");
    o.addProperty("ran", side.ran());
    o.addProperty("packets", counts.total());
    o.addProperty("dropped", counts.dropped());
    o.addProperty("unheard", counts.unheard());
    return o;
  }

  @Override
  public void row(ComparedPair pair, ComparedPair.Scene scene) {
    int row = scene.row();
    Alignment alignment = pair.comparison().alignment();
    JsonObject o = line("row");
    o.addProperty("row", row + 1);
    o.addProperty("grade", pair.comparison().grade(row).label());
    o.add("a", packet(pair.a(), scene.a()));
    o.add("b", packet(pair.b(), scene.b()));
    JsonObject match = new JsonObject();
    match.addProperty("basis", alignment.basis(row).label());
    match.addProperty("percent", alignment.percent(row));
    match.addProperty("reason", alignment.reason(row));
    o.add("match", match);
    o.add("difference", difference(scene.result().difference()));
    JsonArray aspects = new JsonArray();
    for (Aspect aspect : scene.result().aspects()) {
      JsonObject each = new JsonObject();
      each.addProperty("name", aspect.name());
      each.addProperty("a", aspect.a());
      each.addProperty("b", aspect.b());
      aspects.add(each);
    }
    o.add("aspects", aspects);
    out.println(GSON.toJson(o));
  }

  private static JsonElement packet(ComparedSide side, @Nullable PacketReplay packet) {
    if (packet == null) {
      return JsonNull.INSTANCE;
    }
    JsonObject o = new JsonObject();
    int number = (int) packet.number();
    o.addProperty("packet", number);
    o.addProperty("sinceFirst", Times.seconds(side.record().prints().sinceFirstNanos(number)));
    PacketSummary summary = PacketSummary.of(packet.frame());
    o.addProperty("source", summary.source());
    o.addProperty("destination", summary.destination());
    o.addProperty("info", summary.info());
    LaneTrace lane = side.record().kernelLane() ? packet.kernel() : packet.model();
    o.addProperty(
        "ctResult",
        lane == null ? null : lane.reading().ctResult().map(CtStatus::name).orElse(null));
    o.addProperty("verdict", lane == null ? "NOT_RUN" : lane.reading().verdict().word());
    o.addProperty("outcome", side.record().outcome(number));
    int repeats = side.record().prints().repeats(number);
    if (repeats > 0) {
      o.addProperty("retransmissionOf", repeats);
    } else {
      o.add("retransmissionOf", JsonNull.INSTANCE);
    }
    return o;
  }

  private static JsonElement difference(@Nullable Difference difference) {
    if (difference == null) {
      return JsonNull.INSTANCE;
    }
    JsonObject o = new JsonObject();
    o.addProperty("kind", difference.kind().label());
    o.addProperty("step", difference.row());
    o.addProperty("sentence", difference.sentence());
    JsonArray evidence = new JsonArray();
    for (Difference.Evidence each : difference.evidence()) {
      JsonObject e = new JsonObject();
      e.addProperty("side", each.side());
      e.addProperty("packet", each.packet());
      e.addProperty("text", each.text());
      e.addProperty("evidence", each.how().label());
      evidence.add(e);
    }
    o.add("evidence", evidence);
    return o;
  }

  @Override
  public void end(ComparedPair pair, int left) {
    Comparison.Counts counts = pair.comparison().counts();
    JsonObject o = line("comparison-summary");
    o.addProperty("rows", pair.comparison().alignment().size());
    o.addProperty("pairs", counts.pairs());
    o.addProperty("differing", counts.differing());
    o.addProperty("timing", counts.timing());
    o.addProperty("onlyA", counts.onlyA());
    o.addProperty("onlyB", counts.onlyB());
    o.addProperty("notTold", left);
    o.addProperty("differ", counts.differ());
    out.println(GSON.toJson(o));
  }
}
