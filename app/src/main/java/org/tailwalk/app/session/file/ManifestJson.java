// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session.file;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonIOException;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tailwalk.text.Message;

/** A {@link Manifest} as JSON, after {@code docs/schema/session.schema.json}. */
final class ManifestJson {
  static final String FORMAT = "tailwalk-session";

  private ManifestJson() {}

  static String write(Manifest m) {
    JsonObject o = new JsonObject();
    o.addProperty("format", FORMAT);
    o.addProperty("version", Manifest.VERSION);
    o.addProperty("created", m.created());
    o.addProperty("program", m.program());
    o.add("capture", reference(m.capture()));
    JsonObject scenario = new JsonObject();
    scenario.addProperty("inferred", m.scenarioInferred());
    scenario.add("notes", texts(m.scenarioNotes()));
    o.add("scenario", scenario);
    FileReference object = m.object();
    o.add("object", object == null ? JsonNull.INSTANCE : reference(object));
    JsonArray lanes = new JsonArray();
    for (Manifest.Lane lane : m.lanes()) {
      JsonObject l = new JsonObject();
      l.addProperty("lane", "kernel");
      l.addProperty("runs", lane.runs());
      l.addProperty("machine", lane.machine());
      l.addProperty("recordedAt", lane.recordedAt());
      l.addProperty("packets", lane.packets());
      l.addProperty("recorded", lane.recorded());
      JsonArray firsts = new JsonArray();
      lane.firstPackets().forEach(firsts::add);
      l.add("firstPackets", firsts);
      lanes.add(l);
    }
    o.add("lanes", lanes);
    JsonObject position = new JsonObject();
    position.addProperty("packet", m.packet());
    position.addProperty("row", m.row());
    o.add("position", position);
    o.add("window", m.window());
    return new GsonBuilder()
            .disableHtmlEscaping()
            .serializeNulls()
            .setPrettyPrinting()
            .create()
            .toJson(o)
        + "\n";
  }

  private static JsonObject reference(FileReference file) {
    JsonObject o = new JsonObject();
    o.addProperty("name", file.name());
    o.add("paths", texts(file.paths()));
    o.addProperty("size", file.size());
    o.addProperty("sha256", file.sha256());
    o.addProperty("copied", file.copied());
    return o;
  }

  private static JsonArray texts(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  /** Gson's words, without the class that a broken document made it throw. */
  private static String inWords(RuntimeException e) {
    String words = String.valueOf(e.getMessage());
    boolean syntax = e instanceof JsonSyntaxException || e instanceof JsonIOException;
    String plain = words.replaceFirst("^(?:[a-z]+\\.)+\\w+: ", "").replaceFirst(" path \\S*$", "");
    return syntax ? "not JSON: " + plain : plain;
  }

  /**
   * Reads one. What a later version adds is passed over.
   *
   * @throws SessionException with what is wrong, and where in the manifest
   */
  static Manifest parse(String text) throws SessionException {
    try {
      JsonObject o = object(JsonParser.parseString(text), "it");
      if (!FORMAT.equals(string(o, "format"))) {
        throw new JsonParseException("format is not " + FORMAT);
      }
      long version = number(o, "version", 0, Integer.MAX_VALUE);
      if (version != Manifest.VERSION) {
        throw new NewerSessionException(
            Message.of("wrong.session.version", version, Manifest.VERSION));
      }
      JsonObject scenario = object(member(o, "scenario"), "scenario");
      JsonObject position = object(member(o, "position"), "position");
      JsonElement object = member(o, "object");
      return new Manifest(
          string(o, "created"),
          string(o, "program"),
          reference(object(member(o, "capture"), "capture")),
          flag(scenario, "inferred"),
          list(scenario, "notes", ManifestJson::text),
          object.isJsonNull() ? null : reference(object(object, "object")),
          list(o, "lanes", e -> lane(object(e, "lanes"))),
          (int) number(position, "packet", 0, Integer.MAX_VALUE),
          (int) number(position, "row", 0, Integer.MAX_VALUE),
          object(member(o, "window"), "window"));
    } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
      throw new SessionException("manifest.json: " + inWords(e), e);
    }
  }

  private static Manifest.Lane lane(JsonObject o) {
    if (!string(o, "lane").equals("kernel")) {
      throw new JsonParseException("lanes: lane is not kernel");
    }
    List<Long> firsts = list(o, "firstPackets", e -> whole(e, "firstPackets", 1, Long.MAX_VALUE));
    for (int i = 1; i < firsts.size(); i++) {
      if (firsts.get(i) <= firsts.get(i - 1)) {
        throw new JsonParseException("lanes: firstPackets don't rise");
      }
    }
    return new Manifest.Lane(
        string(o, "runs"),
        string(o, "machine"),
        string(o, "recordedAt"),
        number(o, "packets", 0, Long.MAX_VALUE),
        number(o, "recorded", 0, Long.MAX_VALUE),
        firsts);
  }

  private static FileReference reference(JsonObject o) {
    String sha = string(o, "sha256");
    if (!sha.matches("[0-9a-f]{64}")) {
      throw new JsonParseException("sha256 is not one");
    }
    return new FileReference(
        string(o, "name"),
        list(o, "paths", ManifestJson::text),
        number(o, "size", 0, Long.MAX_VALUE),
        sha,
        flag(o, "copied"));
  }

  private static JsonElement member(JsonObject o, String name) {
    @Nullable JsonElement e = o.get(name);
    if (e == null) {
      throw new JsonParseException(name + " is missing");
    }
    return e;
  }

  private static JsonObject object(JsonElement e, String name) {
    if (!e.isJsonObject()) {
      throw new JsonParseException(name + " is not an object");
    }
    return e.getAsJsonObject();
  }

  private static String text(JsonElement e) {
    if (!e.isJsonPrimitive() || !e.getAsJsonPrimitive().isString()) {
      throw new JsonParseException("a text was expected, not " + shortened(e));
    }
    return e.getAsString();
  }

  private static String string(JsonObject o, String name) {
    JsonElement e = member(o, name);
    if (!e.isJsonPrimitive() || !e.getAsJsonPrimitive().isString()) {
      throw new JsonParseException(name + " is not a text");
    }
    return e.getAsString();
  }

  private static boolean flag(JsonObject o, String name) {
    JsonElement e = member(o, name);
    if (!e.isJsonPrimitive() || !e.getAsJsonPrimitive().isBoolean()) {
      throw new JsonParseException(name + " is neither true nor false");
    }
    return e.getAsBoolean();
  }

  private static long number(JsonObject o, String name, long least, long most) {
    return whole(member(o, name), name, least, most);
  }

  private static long whole(JsonElement e, String name, long least, long most) {
    try {
      if (e.isJsonPrimitive() && e.getAsJsonPrimitive().isNumber()) {
        long value = e.getAsBigDecimal().longValueExact();
        if (value >= least && value <= most) {
          return value;
        }
      }
    } catch (ArithmeticException notWhole) {
      // Falls through to the message.
    }
    throw new JsonParseException(
        name + " is not a whole number from " + least + " to " + most + ": " + shortened(e));
  }

  private static <T> List<T> list(JsonObject o, String name, Function<JsonElement, T> each) {
    JsonElement e = member(o, name);
    if (!e.isJsonArray()) {
      throw new JsonParseException(name + " is not a list");
    }
    List<T> values = new ArrayList<>();
    e.getAsJsonArray().forEach(one -> values.add(each.apply(one)));
    return values;
  }

  private static String shortened(JsonElement e) {
    String text = e.toString();
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
