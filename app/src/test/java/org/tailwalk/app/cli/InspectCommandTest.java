// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  private static CliHarness.Result inspect(Object... arguments) {
    List<Object> all = new java.util.ArrayList<>(List.of(arguments));
    all.addFirst("inspect");
    return new CliHarness(ScriptedEngine.Mood.BROKEN, ScriptedEngine.Mood.BROKEN)
        .run(all.toArray());
  }

  private static JsonObject named(JsonElement array, String name) {
    return StreamSupport.stream(array.getAsJsonArray().spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .filter(o -> o.get("name").getAsString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void looperIsWiredByItsSectionsNameAndPinnedPerObject() {
    CliHarness.Result run = inspect("bundled:looper");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("into jmp_tc[0], because its section is named 42/0")
        .contains("tail call jmp_tc[0] -> loop")
        .contains("pinning 1: object namespace (PIN_OBJECT_NS)")
        .contains("in a replay: one for all endpoints")
        .contains("template  no");
  }

  @Test
  void endpointProgramsAreATemplateWithSymbolsToReplace() {
    CliHarness.Result run = inspect("bundled:seed/v4", "--format", "json");
    assertThat(run.code()).as(run.err()).isZero();
    JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(json.get("type").getAsString()).isEqualTo("object");
    JsonObject policy = named(json.get("programs"), "handle_policy");
    assertThat(policy.get("section").getAsString()).isEqualTo("1/0xffff");
    assertThat(policy.get("template").getAsBoolean()).isTrue();
    assertThat(policy.get("slots").toString())
        .isEqualTo("[{\"map\":\"cilium_call_policy\",\"slot\":65535}]");
    assertThat(named(json.get("variables"), "SECLABEL").get("substituted").getAsString())
        .isEqualTo("the endpoint's identity");
    JsonObject events = named(json.get("maps"), "cilium_events").getAsJsonObject("pinning");
    assertThat(events.get("word").getAsInt()).isEqualTo(1);
    assertThat(named(json.get("maps"), "cilium_tail_call_buffer4").getAsJsonObject("pinning"))
        .satisfies(p -> assertThat(p.get("word").getAsInt()).isZero());
  }

  @Test
  void everyMapOf2020IsLegacyAndPinnedForAll() {
    String out = inspect("bundled:walkthrough2020").out();
    assertThat(out).doesNotContain("declared by type");
    assertThat(out).contains("/sys/fs/bpf/tc/globals/cilium_ct4_global");
  }

  @Test
  void whatIsNoObjectIsBadInput(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("bpf.o"), "no ELF");
    CliHarness.Result run = inspect(file);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("bpf.o");
    assertThat(inspect(folder.resolve("none.o")).err()).contains("no such file");
  }
}
