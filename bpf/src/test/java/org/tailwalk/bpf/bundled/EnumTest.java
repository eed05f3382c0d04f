// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.bundled;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tailwalk.bpf.btf.Btf;
import org.tailwalk.bpf.btf.BtfType;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.event.ObservationPoint;

/** The numbers of the C programs against those of the event vocabulary, through BTF enums. */
class EnumTest {
  private static final Map<String, Integer> REASONS =
      Arrays.stream(DropReason.values()).collect(Collectors.toMap(Enum::name, DropReason::code));

  private static Map<String, Long> values(Btf btf, String name) {
    BtfType.Enumeration found =
        btf.types().stream()
            .filter(t -> t instanceof BtfType.Enumeration e && e.name().text().equals(name))
            .map(BtfType.Enumeration.class::cast)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no enum " + name));
    Map<String, Long> values = new TreeMap<>();
    found.values().forEach(v -> values.put(v.name().text(), v.value()));
    assertThat(values).isNotEmpty();
    return values;
  }

  @Test
  void dropCodesAreTheNegativeReasons() throws Exception {
    values(LayoutTest.btf(), "drop_reason")
        .forEach((name, code) -> assertThat(-signed(code)).as(name).isEqualTo(code(name)));
  }

  @Test
  void otherReasonsAreTheReasons() throws Exception {
    values(LayoutTest.btf(), "metric_reason")
        .forEach((name, code) -> assertThat(code).as(name).isEqualTo(code(name)));
  }

  /** Compilers before clang 16 do not say in BTF that an enum is signed. */
  private static long signed(long code) {
    return (int) code;
  }

  private static long code(String name) {
    assertThat(REASONS).containsKey(name);
    return REASONS.get(name);
  }

  @Test
  void statuses() throws Exception {
    Map<String, Long> wanted = new TreeMap<>();
    for (CtStatus status : CtStatus.values()) {
      wanted.put("CT_" + status.name(), (long) status.code());
    }
    assertThat(values(LayoutTest.btf(), "ct_status")).isEqualTo(wanted);
  }

  @Test
  void observationPoints() throws Exception {
    Map<String, Long> wanted = new TreeMap<>();
    for (ObservationPoint point : ObservationPoint.values()) {
      wanted.put("TRACE_" + point.name(), (long) point.code());
    }
    assertThat(values(LayoutTest.btf(), "trace_point")).isEqualTo(wanted);
  }

  @Test
  void directionsOfMetrics() throws Exception {
    Map<String, Long> wanted = new TreeMap<>();
    for (MetricDirection direction : MetricDirection.values()) {
      if (direction != MetricDirection.UNKNOWN) {
        wanted.put("METRIC_" + direction.name(), (long) direction.code());
      }
    }
    assertThat(values(LayoutTest.btf(), "metric_dir")).isEqualTo(wanted);
  }

  @Test
  void flags() throws Exception {
    Btf btf = LayoutTest.btf();
    assertThat(values(btf, "tuple_flag"))
        .isEqualTo(
            Map.of(
                "TUPLE_F_OUT", (long) MapKey.CtTuple.OUT,
                "TUPLE_F_IN", (long) MapKey.CtTuple.IN,
                "TUPLE_F_RELATED", (long) MapKey.CtTuple.RELATED,
                "TUPLE_F_SERVICE", (long) MapKey.CtTuple.SERVICE));
    assertThat(values(btf, "svc_flag"))
        .isEqualTo(
            Map.of(
                "SVC_FLAG_LOCAL_SCOPE", (long) MapValue.ServiceEntry.LOCAL_SCOPE,
                "SVC_FLAG_AFFINITY", (long) MapValue.ServiceEntry.AFFINITY));
    assertThat(values(btf, "svc_flag2"))
        .isEqualTo(Map.of("SVC_FLAG2_L7LOADBALANCER", (long) MapValue.ServiceEntry.L7_LB));
    assertThat(values(btf, "endpoint_flag"))
        .isEqualTo(Map.of("ENDPOINT_F_HOST", (long) MapValue.EndpointInfo.HOST));
  }
}
