// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tailwalk.packet.Bytes;

/**
 * Every struct that Cilium's own programs wrote survives being read and written again, byte for
 * byte.
 */
final class RecordedLayoutsTest {
  private static final Path VECTORS = Path.of("src/test/resources/vectors");
  private static final Map<String, MapRole> ROLES =
      Map.of(
          "ct_tcp4", MapRole.CT_TCP4,
          "ct_any4", MapRole.CT_ANY4,
          "ct_tcp6", MapRole.CT_TCP6,
          "ct_any6", MapRole.CT_ANY6,
          "frag4", MapRole.FRAGMENTS,
          "affinity4", MapRole.LB4_AFFINITY,
          "affinity6", MapRole.LB6_AFFINITY);

  @ParameterizedTest
  @ValueSource(strings = {"fact-13", "tcp", "udp-icmp", "headers", "services", "policy-identity"})
  void recordedStructsRoundTrip(String file) throws IOException {
    int events = 0;
    int changes = 0;
    try (BufferedReader lines = open(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        for (JsonElement step :
            JsonParser.parseString(line).getAsJsonObject().getAsJsonArray("steps")) {
          JsonObject result = step.getAsJsonObject().getAsJsonObject("result");
          if (result == null) {
            continue;
          }
          for (JsonElement event : list(result, "events")) {
            Bytes raw = Bytes.ofHex(event.getAsJsonObject().get("raw").getAsString());
            Notification read = Notification.of(raw);
            assertThat(read).isNotInstanceOf(Notification.Unknown.class);
            assertThat(read.toBytes()).isEqualTo(raw);
            events++;
          }
          for (JsonElement change : list(result, "ct")) {
            roundTrip(change.getAsJsonObject());
            changes++;
          }
          for (JsonElement buffer : list(result, "ct_buffer")) {
            JsonObject object = buffer.getAsJsonObject();
            boolean v6 = object.get("family").getAsInt() == 6;
            Bytes value = Bytes.ofHex(object.get("value").getAsString());
            assertThat(MapValue.CtBuffer.of(value, v6).toBytes()).isEqualTo(value);
          }
        }
      }
    }
    assertThat(events).as("events in " + file).isPositive();
    assertThat(changes).as("changes in " + file).isPositive();
  }

  @Test
  void symbolsLeadToRolesWhateverTheEndpoint() {
    assertThat(MapRole.ofSymbol("cilium_calls_65535")).isEqualTo(MapRole.CALLS);
    assertThat(MapRole.ofSymbol("cilium_calls_custom_00100")).isEqualTo(MapRole.CUSTOM_CALLS);
    assertThat(MapRole.ofSymbol("cilium_ct_any4_global")).isEqualTo(MapRole.CT_ANY4);
    assertThat(MapRole.ofSymbol("cilium_ct4_global")).isEqualTo(MapRole.CT_TCP4);
    assertThat(MapRole.ofSymbol("test_cilium_lxc")).isEqualTo(MapRole.ENDPOINTS);
    assertThat(MapRole.ofSymbol("test_cilium_policy")).isEqualTo(MapRole.POLICY_CALL);
    assertThat(MapRole.ofSymbol("test_cilium_ct_tcp4_65535")).isEqualTo(MapRole.CT_TCP4);
    assertThat(MapRole.ofSymbol("CT_TAIL_CALL_BUFFER6")).isEqualTo(MapRole.CT_BUFFER6);
    assertThat(MapRole.ofSymbol("cilium_lxc")).isEqualTo(MapRole.ENDPOINTS);
    assertThat(MapRole.ofSymbol("somebody_elses")).isEqualTo(MapRole.OTHER);
  }

  private static void roundTrip(JsonObject change) {
    MapRole role = ROLES.get(change.get("map").getAsString());
    Bytes key = Bytes.ofHex(change.get("key").getAsString());
    assertThat(role.key(key).toBytes()).isEqualTo(key);
    for (String side : List.of("before", "after")) {
      if (change.has(side)) {
        Bytes value = Bytes.ofHex(change.get(side).getAsString());
        assertThat(role.value(value).toBytes()).isEqualTo(value);
      }
    }
  }

  private static Iterable<JsonElement> list(JsonObject object, String name) {
    return object.has(name) ? object.getAsJsonArray(name) : List.of();
  }

  private static BufferedReader open(String file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(VECTORS.resolve(file + ".jsonl.gz"))),
            StandardCharsets.UTF_8));
  }
}
