// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tailwalk.event.Hook;
import org.tailwalk.event.MapRole;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.Prefix;
import org.tailwalk.schema.JsonSchema;

final class ScenarioJsonTest {
  @ParameterizedTest
  @ValueSource(strings = {Scenarios.TWO_PODS, Scenarios.EVERYTHING, "{\"version\": 1}"})
  void writtenScenarioReadsBackAsTheSame(String json) {
    Scenario scenario = Scenarios.parse(json);
    assertThat(Scenarios.parse(ScenarioJson.write(scenario))).isEqualTo(scenario);
  }

  @ParameterizedTest
  @ValueSource(strings = {Scenarios.TWO_PODS, Scenarios.EVERYTHING, "{\"version\": 1}"})
  void schemaAcceptsWhatIsReadAndWhatIsWritten(String json) throws IOException {
    JsonSchema schema = JsonSchema.load("scenario.schema.json");
    assertThat(schema.errors(JsonParser.parseString(json))).isEmpty();
    String written = ScenarioJson.write(Scenarios.parse(json));
    assertThat(schema.errors(JsonParser.parseString(written))).isEmpty();
  }

  @Test
  void everyFieldArrivesWhereItBelongs() {
    Scenario s = Scenarios.parse(Scenarios.EVERYTHING);
    assertThat(s.inferred()).isTrue();
    assertThat(s.capturePoint()).isEqualTo(CapturePoint.ANY);
    assertThat(s.kernelConfig().era()).isEqualTo(Era.PR26115);
    assertThat(s.modelConfig().era()).isEqualTo(Era.PR33551);
    assertThat(s.kernelConfig().has(DatapathOption.ENABLE_IPV6)).isFalse();
    assertThat(s.kernelConfig().has(DatapathOption.DEBUG)).isTrue();
    assertThat(s.kernelConfig().has(DatapathOption.DROP_NOTIFY)).isFalse();
    assertThat(s.kernelConfig().has(DatapathOption.ENABLE_SCTP)).isTrue();
    assertThat(s.constants().ctSynTimeout()).isEqualTo(61);
    assertThat(s.constants().monitorAggregation()).isEqualTo(3);
    assertThat(s.node().endpoints().getFirst().egressProgram()).isTrue();
    assertThat(s.node().endpoints().getLast().ifindex()).isEqualTo(12);
    assertThat(s.node().ipcache().getLast().prefix())
        .isEqualTo(Prefix.host(IpAddress.parse("10.0.1.7")));
    assertThat(s.node().conntrack().getFirst().entry().rxPackets()).isEqualTo(-1);
    assertThat(s.settings().gc()).isEqualTo(new GcSettings(GcSettings.Mode.FIXED, 30));
    assertThat(s.settings().seed()).isEqualTo(-1);
    assertThat(s.settings().faults())
        .containsExactly(
            new Fault.ConntrackFull(),
            new Fault.BufferRefuses(),
            new Fault.EmptySlot(100, MapRole.CALLS, 25),
            new Fault.EmptySlot(0, MapRole.POLICY_CALL, 65535),
            new Fault.Truncate(3, 40),
            new Fault.BurnCalls(30));
    InjectionRule rule = s.settings().rules().get(1);
    assertThat(rule.firstPacket()).isEqualTo(4);
    assertThat(rule.lastPacket()).isEqualTo(Long.MAX_VALUE);
    assertThat(rule.entry())
        .isEqualTo(
            new InjectionRule.Entry(
                100, Hook.TO_CONTAINER, 3840, List.of(1L, 2L, 3L, 4L, 4294967295L), 5L));
    assertThat(s.node().policy()).isInstanceOf(Policy.Filters.class);
    Policy.EndpointFilters web = ((Policy.Filters) s.node().policy()).endpoints().getFirst();
    assertThat(web.egress()).isEmpty();
    assertThat(((Policy.Filters) s.node().policy()).endpoints().getLast().egress()).isNull();
  }

  record Wrong(String name, String json, int line, String path, String says) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Wrong> wrong() {
    return Stream.of(
        new Wrong("no JSON", "{\n\"version\": 1,\n oops}", 3, "$.", "not JSON"),
        new Wrong("empty", "", 1, "$", "not JSON"),
        new Wrong("two documents", "{\"version\": 1}\n{}", 2, "$", "not JSON"),
        new Wrong("an array", "[]", 1, "$", "an object is expected here, not an array"),
        new Wrong("no version", "{}", 1, "$", "field \"version\" is missing"),
        new Wrong("later version", "{\n\"version\": 2}", 2, "$.version", "reads version 1, not 2"),
        new Wrong(
            "unknown field",
            "{\n\"version\": 1,\n\n\"endpionts\": []}",
            4,
            "$.endpionts",
            "unknown field \"endpionts\"; there are capturePoint"),
        new Wrong(
            "unknown inner field",
            "{\"version\": 1, \"gc\":\n {\"mode\": \"off\",\n \"every\": 3}}",
            3,
            "$.gc.every",
            "unknown field \"every\"; there are interval, mode"),
        new Wrong(
            "field twice",
            "{\"version\": 1,\n \"version\": 1}",
            2,
            "$.version",
            "this field stands twice"),
        new Wrong(
            "wrong type",
            "{\"version\": 1, \"endpoints\":\n {}}",
            2,
            "$.endpoints",
            "an array is expected here, not an object"),
        new Wrong(
            "no such address",
            "{\"version\": 1, \"endpoints\": [\n"
                + "{\"id\": 1, \"identity\": 5,\n"
                + " \"ipv4\": \"10.0.0\"}]}",
            3,
            "$.endpoints[0].ipv4",
            "not an IP address: \"10.0.0\""),
        new Wrong(
            "wrong family",
            "{\"version\": 1, \"endpoints\": [{\"id\": 1, \"identity\": 5, \"ipv4\": \"::1\"}]}",
            1,
            "$.endpoints[0].ipv4",
            "IPv6 address"),
        new Wrong(
            "out of range",
            "{\"version\": 1, \"endpoints\": [{\"id\": 65536, \"identity\": 5, \"ipv4\":"
                + " \"::1\"}]}",
            1,
            "$.endpoints[0].id",
            "65536 is not in 1..65535"),
        new Wrong(
            "a fraction",
            "{\"version\": 1, \"endpoints\": [{\"id\": 1.5, \"identity\": 5}]}",
            1,
            "$.endpoints[0].id",
            "a whole number is expected here"),
        new Wrong(
            "unknown option",
            "{\"version\": 1, \"options\": {\n\"drop-notifi\": true}}",
            2,
            "$.options.drop-notifi",
            "unknown datapath option \"drop-notifi\"; there are ipv4"),
        new Wrong(
            "unknown option in the name",
            "{\"version\": 1, \"datapath\": \"bundled:seed,+nope\"}",
            1,
            "$.datapath",
            "unknown datapath option \"nope\""),
        new Wrong(
            "unknown era",
            "{\"version\": 1, \"datapath\": \"bundled:sead\"}",
            1,
            "$.datapath",
            "unknown era \"sead\"; there are seed"),
        new Wrong(
            "both kinds of policy",
            "{\"version\": 1, \"policy\": {\"keys\": [], \"filters\": []}}",
            1,
            "$.policy",
            "not both"),
        new Wrong(
            "a number as text",
            "{\n\"version\": \"1\"}",
            2,
            "$.version",
            "a whole number is expected here, not a string"),
        new Wrong(
            "a comment",
            "{\"version\": 1,\n// hi\n\"name\": \"x\"}",
            2,
            "$.version",
            "not JSON: nothing like this stands in JSON: no comment"),
        new Wrong(
            "endpoint of a policy",
            "{\"version\": 1, \"policy\": {\"keys\": [\n"
                + "{\"endpoint\": 7, \"direction\": \"egress\"}]}}",
            2,
            "$.policy.keys[0].endpoint",
            "there is no endpoint 7"),
        new Wrong(
            "id twice",
            "{\"version\": 1, \"endpoints\": [{\"id\": 1, \"identity\": 5, \"ipv4\":"
                + " \"10.0.0.1\"},\n"
                + "{\"id\": 1, \"identity\": 5, \"ipv4\": \"10.0.0.2\"}]}",
            2,
            "$.endpoints[1].id",
            "endpoint id 1 stands twice"),
        new Wrong(
            "interval without fixed",
            "{\"version\": 1, \"gc\": {\"mode\": \"agent\", \"interval\": 3}}",
            1,
            "$.gc",
            "mode fixed"),
        new Wrong(
            "unknown fault",
            "{\"version\": 1, \"faults\": [\"explode\"]}",
            1,
            "$.faults[0]",
            "unknown fault \"explode\""),
        new Wrong(
            "slot beyond the map",
            "{\"version\": 1, \"faults\": [{\"emptySlot\": {\"index\": 38}}]}",
            1,
            "$.faults[0].emptySlot.index",
            "38 is not in 0..37"),
        new Wrong(
            "rule without an end",
            "{\"version\": 1, \"rules\": [{\"packets\": \"3-1\", \"skip\": true}]}",
            1,
            "$.rules[0].packets",
            "FIRST-LAST"),
        new Wrong(
            "conntrack of the other family",
            "{\"version\": 1, \"conntrack\": [{\"map\": \"tcp4\", \"tuple\": {\"daddr\": \"::1\","
                + " \"saddr\": \"::2\", \"dport\": 1, \"sport\": 2, \"nexthdr\": 6, \"flags\": 0},"
                + " \"entry\": {\"lifetime\": 1}}]}",
            1,
            "$.conntrack[0]",
            "holds IPv4 entries"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void mistakeIsToldWithFileLineAndPath(Wrong wrong) {
    assertThatThrownBy(() -> ScenarioJson.parse("my.json", wrong.json()))
        .isInstanceOfSatisfying(
            ScenarioException.class,
            e -> {
              assertThat(e.line()).isEqualTo(wrong.line());
              assertThat(e.path()).startsWith(wrong.path());
              assertThat(e)
                  .hasMessageStartingWith("my.json:" + wrong.line() + ": " + wrong.path())
                  .hasMessageContaining(wrong.says());
            });
  }

  /** Any text gives a scenario or our own error, and what is read can be written and read again. */
  @Test
  void mutatedScenariosNeverEndInAStrayException() {
    Random random = new Random(1);
    String[] words = {
      "\"",
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      "0",
      "-1",
      "1e9",
      "null",
      "true",
      "\"all\"",
      "99999999999",
      "\"10.0.0.1\"",
      "\\u0000",
      "\"\"",
      "1.5",
      "\"fd00::1\"",
      " "
    };
    int read = 0;
    for (int i = 0; i < 6000; i++) {
      StringBuilder text =
          new StringBuilder(random.nextBoolean() ? Scenarios.EVERYTHING : Scenarios.TWO_PODS);
      for (int n = random.nextInt(3); n >= 0; n--) {
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + random.nextInt(6));
        switch (random.nextInt(4)) {
          case 0 -> text.replace(from, to, words[random.nextInt(words.length)]);
          case 1 -> text.delete(from, to);
          case 2 -> text.setCharAt(from, (char) (32 + random.nextInt(95)));
          default -> text.insert(from, text.substring(from, to));
        }
      }
      try {
        Scenario scenario = ScenarioJson.parse("fuzz.json", text.toString());
        assertThat(ScenarioJson.parse("again.json", ScenarioJson.write(scenario)))
            .isEqualTo(scenario);
        read++;
      } catch (ScenarioException e) {
        assertThat(e.getMessage()).startsWith("fuzz.json:");
      }
    }
    assertThat(read).as("some mutations are harmless").isPositive();
  }

  @Test
  void deepNestingIsAnErrorNotAStackOverflow() {
    String deep = "{\"version\": 1, \"endpoints\": " + "[".repeat(100_000);
    assertThatThrownBy(() -> ScenarioJson.parse("deep.json", deep))
        .isInstanceOf(ScenarioException.class);
  }

  @Test
  void schemaListsExactlyTheOptionsThereAre() throws IOException {
    JsonObject options =
        JsonSchema.load("scenario.schema.json")
            .root()
            .getAsJsonObject("properties")
            .getAsJsonObject("options")
            .getAsJsonObject("properties");
    for (String name : options.keySet()) {
      if (!OptionsReader.CONSTANTS.contains(name)) {
        assertThat(DatapathOption.parse(name)).isNotNull();
      }
    }
    assertThat(options.keySet())
        .containsAll(OptionsReader.CONSTANTS)
        .containsAll(Arrays.stream(DatapathOption.values()).map(DatapathOption::label).toList())
        .containsAll(Arrays.stream(DatapathOption.values()).map(Enum::name).toList());
  }
}
