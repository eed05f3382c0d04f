// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.object;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.tailwalk.bpf.elf.ProgArraySlot;
import org.tailwalk.bpf.engine.ObjectInspection;

/** An object as one JSON document: {@code {"type":"object","version":1,…}}. */
public final class ObjectJson {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private ObjectJson() {}

  /** One line. */
  public static String of(ObjectInspection object) {
    JsonObject json = new JsonObject();
    json.addProperty("type", "object");
    json.addProperty("version", 1);
    json.addProperty("name", object.name());
    json.addProperty("license", object.license());
    json.addProperty("btf", object.btf());
    JsonArray programs = new JsonArray();
    object.programs().forEach(p -> programs.add(program(p)));
    json.add("programs", programs);
    JsonArray maps = new JsonArray();
    object.maps().forEach(m -> maps.add(map(m)));
    json.add("maps", maps);
    JsonArray variables = new JsonArray();
    object.variables().forEach(v -> variables.add(variable(v)));
    json.add("variables", variables);
    JsonArray missing = new JsonArray();
    object.missingForTemplate().forEach(missing::add);
    json.add("missingForTemplate", missing);
    return GSON.toJson(json);
  }

  private static JsonObject program(ObjectInspection.Program program) {
    JsonObject json = new JsonObject();
    json.addProperty("name", program.name());
    json.addProperty("section", program.section());
    json.addProperty("instructions", program.instructions());
    JsonArray slots = new JsonArray();
    for (ProgArraySlot slot : program.slots()) {
      JsonObject s = new JsonObject();
      s.addProperty("map", slot.map());
      s.addProperty("slot", slot.index());
      slots.add(s);
    }
    json.add("slots", slots);
    JsonArray hooks = new JsonArray();
    program.hooks().forEach(hooks::add);
    json.add("hooks", hooks);
    JsonArray calls = new JsonArray();
    for (ObjectInspection.TailCall call : program.calls()) {
      JsonObject c = new JsonObject();
      c.addProperty("map", call.map());
      if (call.slot() >= 0) {
        c.addProperty("slot", call.slot());
      }
      if (!call.target().isEmpty()) {
        c.addProperty("program", call.target());
      }
      calls.add(c);
    }
    json.add("tailCalls", calls);
    json.addProperty("template", program.template());
    return json;
  }

  private static JsonObject map(ObjectInspection.DeclaredMap map) {
    JsonObject json = new JsonObject();
    json.addProperty("name", map.name());
    json.addProperty("type", map.type());
    json.addProperty("keySize", map.keySize());
    json.addProperty("valueSize", map.valueSize());
    json.addProperty("maxEntries", map.maxEntries());
    json.addProperty("flags", map.flags());
    json.addProperty("declared", map.declared());
    if (map.id() != 0) {
      json.addProperty("id", map.id());
    }
    JsonObject pinning = new JsonObject();
    pinning.addProperty("word", map.pinning());
    pinning.addProperty("meaning", map.pinned());
    pinning.addProperty("inReplay", map.replay());
    json.add("pinning", pinning);
    json.addProperty("template", map.template());
    return json;
  }

  private static JsonObject variable(ObjectInspection.Variable variable) {
    JsonObject json = new JsonObject();
    json.addProperty("name", variable.name());
    json.addProperty("section", variable.section());
    json.addProperty("offset", variable.offset());
    json.addProperty("size", variable.size());
    if (!variable.substituted().isEmpty()) {
      json.addProperty("substituted", variable.substituted());
    }
    return json;
  }
}
