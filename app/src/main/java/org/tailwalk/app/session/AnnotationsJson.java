// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;

/** Annotations as JSON, version 1. */
public final class AnnotationsJson {
  private static final int VERSION = 1;
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  private AnnotationsJson() {}

  /** As a text of a few lines. */
  public static String write(Annotations said) {
    JsonObject all = new JsonObject();
    all.addProperty("type", "annotations");
    all.addProperty("version", VERSION);
    all.add("marks", numbers(said.marks()));
    all.add("timeReferences", numbers(said.references()));
    JsonArray notes = new JsonArray();
    for (Annotations.Note note : said.notes()) {
      JsonObject n = new JsonObject();
      n.addProperty("packet", note.packet());
      n.addProperty("step", note.step());
      n.addProperty("text", note.text());
      notes.add(n);
    }
    all.add("notes", notes);
    JsonArray points = new JsonArray();
    said.breakpoints().forEach(b -> points.add(breakpoint(b)));
    all.add("breakpoints", points);
    all.addProperty("filter", said.filter());
    all.add("colours", colours(said.colours()));
    return GSON.toJson(all);
  }

  /** Colouring rules alone, as preferences keep them. */
  public static JsonArray colours(List<ColourRule> rules) {
    JsonArray colours = new JsonArray();
    for (ColourRule rule : rules) {
      JsonObject r = new JsonObject();
      r.addProperty("name", rule.name());
      r.addProperty("filter", rule.filter());
      r.addProperty("colour", word(rule.colour()));
      r.addProperty("sign", rule.sign());
      r.addProperty("enabled", rule.enabled());
      colours.add(r);
    }
    return colours;
  }

  private static JsonArray numbers(Iterable<Integer> values) {
    JsonArray array = new JsonArray();
    values.forEach(array::add);
    return array;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static JsonObject breakpoint(Breakpoint b) {
    JsonObject o = new JsonObject();
    o.addProperty("id", b.id());
    o.addProperty("enabled", b.enabled());
    o.addProperty("condition", b.condition());
    switch (b.on()) {
      case Breakpoint.Program p -> {
        o.addProperty("on", "program");
        o.addProperty("program", p.program());
      }
      case Breakpoint.TailCall t -> {
        o.addProperty("on", "tailcall");
        o.addProperty("slot", t.slot());
        o.addProperty("outcome", word(t.outcome()));
      }
      case Breakpoint.MapEntry m -> {
        o.addProperty("on", "map");
        o.addProperty("map", m.map());
        o.addProperty("key", m.key());
        o.addProperty("access", word(m.access()));
      }
      case Breakpoint.Conntrack c -> {
        o.addProperty("on", "conntrack");
        o.addProperty("from", c.from());
        o.addProperty("to", c.to());
        o.addProperty("status", c.status());
      }
      case Breakpoint.Drop d -> {
        o.addProperty("on", "drop");
        o.addProperty("reason", d.reason());
      }
      case Breakpoint.Divergence d -> {
        o.addProperty("on", "divergence");
        o.addProperty("code", d.code());
      }
      case Breakpoint.Notification n -> {
        o.addProperty("on", "notification");
        o.addProperty("notification", n.type());
      }
      case Breakpoint.Packet _ -> o.addProperty("on", "packet");
      case Breakpoint.Time t -> {
        o.addProperty("on", "time");
        o.addProperty("sinceFirstNanos", Long.toString(t.sinceFirstNanos()));
      }
    }
    return o;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException with the place and what is wrong there
   */
  public static Annotations read(String json) throws IOException {
    JsonObject all = object(parse(json), "annotations");
    int version = number(all, "annotations", "version");
    if (version != VERSION) {
      throw new IOException("annotations: version " + version + ", this program knows " + VERSION);
    }
    TreeSet<Integer> marks = new TreeSet<>();
    each(all, "marks", e -> marks.add(whole(e)));
    TreeSet<Integer> references = new TreeSet<>();
    each(all, "timeReferences", e -> references.add(whole(e)));
    List<Annotations.Note> notes = new ArrayList<>();
    each(
        all,
        "notes",
        e -> {
          JsonObject n = object(e, "note");
          return notes.add(
              new Annotations.Note(
                  number(n, "note", "packet"), number(n, "note", "step"), text(n, "note", "text")));
        });
    List<Breakpoint> points = new ArrayList<>();
    each(all, "breakpoints", e -> points.add(breakpoint(object(e, "breakpoint"))));
    List<ColourRule> colours = new ArrayList<>();
    each(all, "colours", e -> colours.add(colour(object(e, "colouring rule"))));
    return new Annotations(
        marks, references, notes, points, text(all, "annotations", "filter"), colours);
  }

  /**
   * Reads colouring rules alone.
   *
   * @throws IOException with the place and what is wrong there
   */
  public static List<ColourRule> readColours(String json) throws IOException {
    JsonObject all = new JsonObject();
    all.add("colours", parse(json));
    List<ColourRule> colours = new ArrayList<>();
    each(all, "colours", e -> colours.add(colour(object(e, "colouring rule"))));
    return List.copyOf(colours);
  }

  private static JsonElement parse(String json) throws IOException {
    try {
      return JsonParser.parseString(json);
    } catch (JsonParseException e) {
      throw new IOException("annotations: no JSON: " + e.getMessage(), e);
    }
  }

  /** Reads one element; a checked exception may come out. */
  @FunctionalInterface
  private interface Reader {
    boolean read(JsonElement element) throws IOException;
  }

  private static void each(JsonObject in, String name, Reader reader) throws IOException {
    JsonElement list = in.get(name);
    if (list == null) {
      return;
    }
    if (!list.isJsonArray()) {
      throw new IOException("annotations: " + name + ": a list is wanted");
    }
    int index = 0;
    for (JsonElement element : list.getAsJsonArray()) {
      try {
        reader.read(element);
      } catch (IOException
          | IllegalStateException
          | UnsupportedOperationException
          | IllegalArgumentException e) {
        throw new IOException("annotations: " + name + "[" + index + "]: " + e.getMessage(), e);
      }
      index++;
    }
  }

  private static int whole(JsonElement element) throws IOException {
    if (!element.isJsonPrimitive()) {
      throw new IOException("a number is wanted");
    }
    return element.getAsInt();
  }

  private static JsonObject object(JsonElement element, String what) throws IOException {
    if (!element.isJsonObject()) {
      throw new IOException(what + ": an object is wanted");
    }
    return element.getAsJsonObject();
  }

  private static <T> T value(JsonObject in, String what, String name, Function<JsonElement, T> as)
      throws IOException {
    JsonElement value = in.get(name);
    if (value == null || !value.isJsonPrimitive()) {
      throw new IOException(what + ": " + name + " is missing");
    }
    try {
      return as.apply(value);
    } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
      throw new IOException(what + ": " + name + ": not a value for it: " + value, e);
    }
  }

  private static String text(JsonObject in, String what, String name) throws IOException {
    return value(in, what, name, JsonElement::getAsString);
  }

  private static int number(JsonObject in, String what, String name) throws IOException {
    return value(in, what, name, JsonElement::getAsInt);
  }

  private static <E extends Enum<E>> E word(JsonObject in, String what, String name, Class<E> of)
      throws IOException {
    return value(in, what, name, v -> Enum.valueOf(of, v.getAsString().toUpperCase(Locale.ROOT)));
  }

  private static ColourRule colour(JsonObject o) throws IOException {
    String what = "colouring rule";
    return new ColourRule(
        text(o, what, "name"),
        text(o, what, "filter"),
        word(o, what, "colour", ColourRule.Colour.class),
        text(o, what, "sign"),
        value(o, what, "enabled", JsonElement::getAsBoolean));
  }

  private static Breakpoint breakpoint(JsonObject o) throws IOException {
    String kind = text(o, "breakpoint", "on");
    Breakpoint.On on =
        switch (kind) {
          case "program" -> new Breakpoint.Program(text(o, kind, "program"));
          case "tailcall" ->
              new Breakpoint.TailCall(
                  value(o, kind, "slot", JsonElement::getAsLong),
                  word(o, kind, "outcome", Breakpoint.Outcome.class));
          case "map" ->
              new Breakpoint.MapEntry(
                  text(o, kind, "map"),
                  text(o, kind, "key"),
                  word(o, kind, "access", Breakpoint.Access.class));
          case "conntrack" ->
              new Breakpoint.Conntrack(
                  text(o, kind, "from"), text(o, kind, "to"), text(o, kind, "status"));
          case "drop" -> new Breakpoint.Drop(text(o, kind, "reason"));
          case "divergence" -> new Breakpoint.Divergence(text(o, kind, "code"));
          case "notification" -> new Breakpoint.Notification(text(o, kind, "notification"));
          case "packet" -> new Breakpoint.Packet();
          case "time" ->
              new Breakpoint.Time(value(o, kind, "sinceFirstNanos", JsonElement::getAsLong));
          default -> throw new IOException("breakpoint: there is none on \"" + kind + "\"");
        };
    return new Breakpoint(
        number(o, "breakpoint", "id"),
        value(o, "breakpoint", "enabled", JsonElement::getAsBoolean),
        on,
        text(o, "breakpoint", "condition"));
  }
}
