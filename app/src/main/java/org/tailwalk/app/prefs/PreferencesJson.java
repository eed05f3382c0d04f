// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.prefs;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Preferences as JSON. A field that is wrong is told and left at its default: nobody loses all for
 * one of them.
 */
final class PreferencesJson {
  private static final int VERSION = 1;

  private PreferencesJson() {}

  static String write(Preferences p) {
    JsonObject o = new JsonObject();
    o.addProperty("type", "preferences");
    o.addProperty("version", VERSION);
    o.addProperty("theme", word(p.theme()));
    o.addProperty("motion", word(p.motion()));
    o.addProperty("scale", p.scale());
    o.addProperty("language", p.language());
    o.add("recent", texts(p.recent()));
    JsonObject scenarios = new JsonObject();
    p.scenarios().forEach(scenarios::addProperty);
    o.add("scenarios", scenarios);
    o.add("layout", layout(p.layout()));
    o.add("colours", p.colours());
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(o) + "\n";
  }

  static JsonObject layout(Preferences.Layout l) {
    JsonObject o = new JsonObject();
    o.addProperty("width", l.width());
    o.addProperty("height", l.height());
    o.addProperty("maximized", l.maximized());
    JsonObject dividers = new JsonObject();
    l.dividers()
        .forEach((name, positions) -> {
          JsonArray array = new JsonArray();
          positions.forEach(array::add);
          dividers.add(name, array);
        });
    o.add("dividers", dividers);
    o.add("hidden", texts(l.hidden()));
    return o;
  }

  private static JsonArray texts(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads them.
   *
   * @param complaints hears of each field that is wrong
   * @throws JsonParseException when the text is no object of JSON at all
   */
  static Preferences parse(String text, Consumer<String> complaints) {
    JsonElement root = JsonParser.parseString(text);
    if (!root.isJsonObject()) {
      throw new JsonParseException("not an object");
    }
    Fields f = new Fields(root.getAsJsonObject(), "", complaints);
    Preferences d = Preferences.DEFAULT;
    if (f.whole("version", VERSION, 0, Integer.MAX_VALUE) > VERSION) {
      complaints.accept("version: written by a later Tailwalk; what is new in it is left out");
    }
    Map<String, String> scenarios = new LinkedHashMap<>();
    Fields chosen = f.object("scenarios");
    chosen.names().forEach(name -> scenarios.put(name, chosen.text(name, "")));
    return new Preferences(
        f.constant("theme", Preferences.Look.class, d.theme()),
        f.constant("motion", Preferences.Motion.class, d.motion()),
        f.whole("scale", d.scale(), Preferences.MIN_SCALE, Preferences.MAX_SCALE),
        f.text("language", d.language()),
        f.texts("recent"),
        scenarios,
        layout(f.object("layout")),
        f.array("colours"));
  }

  static Preferences.Layout layout(JsonObject o, Consumer<String> complaints) {
    return layout(new Fields(o, "layout.", complaints));
  }

  private static Preferences.Layout layout(Fields f) {
    Map<String, List<Double>> dividers = new LinkedHashMap<>();
    Fields positions = f.object("dividers");
    for (String name : positions.names()) {
      List<Double> numbers = positions.fractions(name);
      if (!numbers.isEmpty()) {
        dividers.put(name, numbers);
      }
    }
    return new Preferences.Layout(
        f.whole("width", 0, 0, 20_000),
        f.whole("height", 0, 0, 20_000),
        f.flag("maximized"),
        dividers,
        f.texts("hidden"));
  }

  /** Reads fields one by one; what is missing has its default in silence. */
  private record Fields(JsonObject object, String path, Consumer<String> complaints) {
    List<String> names() {
      return List.copyOf(object.keySet());
    }

    private <T> T wrong(String name, String expected, T instead) {
      complaints.accept(path + name + ": " + expected + " expected");
      return instead;
    }

    private @Nullable JsonElement get(String name) {
      return object.get(name);
    }

    String text(String name, String instead) {
      JsonElement e = get(name);
      if (e == null) {
        return instead;
      }
      boolean fits = e.isJsonPrimitive() && e.getAsJsonPrimitive().isString();
      return fits ? e.getAsString() : wrong(name, "a text", instead);
    }

    boolean flag(String name) {
      JsonElement e = get(name);
      if (e == null) {
        return false;
      }
      boolean fits = e.isJsonPrimitive() && e.getAsJsonPrimitive().isBoolean();
      return fits ? e.getAsBoolean() : wrong(name, "true or false", false);
    }

    int whole(String name, int instead, int least, int most) {
      JsonElement e = get(name);
      if (e == null) {
        return instead;
      }
      try {
        if (e.isJsonPrimitive() && e.getAsJsonPrimitive().isNumber()) {
          int value = e.getAsBigDecimal().intValueExact();
          if (value >= least && value <= most) {
            return value;
          }
        }
      } catch (ArithmeticException | NumberFormatException notWhole) {
        // Told below.
      }
      return wrong(name, "a whole number from " + least + " to " + most, instead);
    }

    <E extends Enum<E>> E constant(String name, Class<E> type, E instead) {
      String word = text(name, word(instead));
      for (E constant : type.getEnumConstants()) {
        if (word(constant).equals(word)) {
          return constant;
        }
      }
      return wrong(name, "one of " + List.of(type.getEnumConstants()), instead);
    }

    List<String> texts(String name) {
      List<String> found = new ArrayList<>();
      for (JsonElement e : array(name)) {
        if (e.isJsonPrimitive() && e.getAsJsonPrimitive().isString()) {
          found.add(e.getAsString());
        } else {
          wrong(name, "a list of texts", e);
        }
      }
      return found;
    }

    List<Double> fractions(String name) {
      List<Double> found = new ArrayList<>();
      for (JsonElement e : array(name)) {
        if (e.isJsonPrimitive() && e.getAsJsonPrimitive().isNumber()) {
          double value = e.getAsDouble();
          if (value >= 0 && value <= 1) {
            found.add(value);
            continue;
          }
        }
        return wrong(name, "a list of numbers from 0 to 1", List.of());
      }
      return found;
    }

    JsonArray array(String name) {
      JsonElement e = get(name);
      if (e == null) {
        return new JsonArray();
      }
      return e.isJsonArray() ? e.getAsJsonArray() : wrong(name, "a list", new JsonArray());
    }

    Fields object(String name) {
      JsonElement e = get(name);
      JsonObject there =
          e == null
              ? new JsonObject()
              : e.isJsonObject() ? e.getAsJsonObject() : wrong(name, "an object", new JsonObject());
      return new Fields(there, path + name + ".", complaints);
    }
  }
}
