// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.vector;

import static org.tailwalk.datapath.vector.Json.list;
import static org.tailwalk.datapath.vector.Json.number;
import static org.tailwalk.datapath.vector.Json.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.Hook;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Bytes;

/** One recorded session. */
public record VectorSession(JsonObject json) {
  /** The recorded vectors. */
  public static final Path FOLDER = Path.of("src/test/resources/vectors");

  private static final int PACKET_BROADCAST = 1;
  private static final int PACKET_MULTICAST = 2;
  private static final int PACKET_OTHERHOST = 3;

  /** What running a session gave. */
  public record Outcome(int packets, List<String> differences) {}

  /** All sessions of a file. */
  public static List<VectorSession> read(String file) {
    List<VectorSession> sessions = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FOLDER.resolve(file + ".jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      lines
          .lines()
          .forEach(line ->
              sessions.add(new VectorSession(JsonParser.parseString(line).getAsJsonObject())));
    } catch (IOException e) {
      throw new UncheckedIOException("read vectors " + file, e);
    }
    return sessions;
  }

  /** The session's name. */
  public String id() {
    return text(json, "id");
  }

  /** Runs the session until its first step that differs. */
  public Outcome run(ReplayEngine engine) throws ReplayException {
    int packets = 0;
    int index = 0;
    try (ReplaySession session = engine.open(VectorSetup.of(json))) {
      for (JsonElement element : list(json, "steps")) {
        JsonObject step = element.getAsJsonObject();
        if (step.has("edit")) {
          session.apply(VectorSetup.edits(list(step, "edit")));
        } else {
          packets++;
          Injection injection = injection(step, packets);
          PathTrace trace = session.send(injection);
          List<String> differences = VectorComparison.differences(step, injection, trace);
          if (!differences.isEmpty()) {
            String where = "%s step %d (%s): ".formatted(id(), index, text(step, "desc"));
            return new Outcome(packets, differences.stream().map(d -> where + d).toList());
          }
        }
        index++;
      }
    }
    return new Outcome(packets, List.of());
  }

  private static Injection injection(JsonObject step, int packet) {
    JsonObject ctx = step.getAsJsonObject("ctx");
    List<Long> cb = new ArrayList<>();
    list(ctx, "cb").forEach(e -> cb.add(e.getAsLong()));
    Bytes frame = Bytes.ofHex(text(step, "frame"));
    return new Injection(
        packet,
        frame,
        (int) number(step, "ep"),
        hook(text(step, "prog")),
        new ContextState(number(ctx, "mark"), cb, 0, 0, packetType(frame)),
        number(ctx, "ifindex"),
        number(ctx, "ingress_ifindex"),
        number(step, "t"),
        number(step, "random"));
  }

  /** What a test run makes of the destination MAC: the device's own is all zeros. */
  private static int packetType(Bytes frame) {
    if (frame.slice(0, 6).hex().equals("ffffffffffff")) {
      return PACKET_BROADCAST;
    }
    if (frame.slice(0, 6).hex().equals("000000000000")) {
      return 0;
    }
    return (frame.at(0) & 1) != 0 ? PACKET_MULTICAST : PACKET_OTHERHOST;
  }

  private static Hook hook(String program) {
    for (Hook hook : Hook.values()) {
      if (hook.programId().equals(program)) {
        return hook;
      }
    }
    throw new IllegalArgumentException("unknown program in the vectors: " + program);
  }
}
