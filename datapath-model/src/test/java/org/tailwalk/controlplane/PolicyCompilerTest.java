// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.scenario.NodeState;
import org.tailwalk.scenario.Policy;
import org.tailwalk.scenario.Scenarios;

/** Filters to policy map entries: section 11 of the datapath facts, row by row. */
final class PolicyCompilerTest {
  private static final String HOST = "ingress allow {1, 0, 0}";

  /** The ingress filters of endpoint 100, compiled: one line for each entry, sorted. */
  private static List<String> compile(String filters) {
    return compileAll("\"ingress\": " + filters).stream()
        .filter(line -> line.startsWith("ingress") && !line.equals(HOST))
        .toList();
  }

  private static List<String> compileAll(String directions) {
    String json =
        """
        {"version": 1,
         "endpoints": [{"id": 100, "ipv4": "10.0.0.1", "identity": 1000}],
         "identities": [
           {"id": 1000, "labels": ["k8s:app=client", "k8s:env=test"]},
           {"id": 2000, "labels": ["k8s:app=web", "k8s:env=test"]},
           {"id": 3000, "labels": ["k8s:app=web", "k8s:env=live"]}],
         "policy": {"filters": [{"endpoint": 100, %s,
           "namedPorts": [{"name": "http", "protocol": "TCP", "port": 8080}]}]}}
        """
            .formatted(directions);
    NodeState node = Scenarios.parse(json).node();
    return new PolicyCompiler(node)
        .keys(100).stream().map(PolicyCompilerTest::line).sorted().toList();
  }

  private static String line(Policy.Key k) {
    return "%s %s {%d, %d, %d}%s"
        .formatted(
            k.egress() ? "egress" : "ingress",
            k.deny() ? "deny" : "allow",
            k.identity(),
            k.port(),
            k.protocol(),
            k.proxyPort() == 0 ? "" : " proxy " + k.proxyPort());
  }

  record SkipRow(String name, boolean deny, boolean redirect, String wildcard, boolean generated) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<SkipRow> skipTable() {
    return Stream.of(
        new SkipRow("any, no L4-only: yes", false, false, null, true),
        new SkipRow("deny, no L4-only: yes", true, false, null, true),
        new SkipRow("redirect allow, no redirect allow: yes", false, true, "", true),
        new SkipRow("redirect allow, deny: no", false, true, ",\"deny\": true", false),
        new SkipRow("no redirect allow, no redirect allow: no", false, false, "", false),
        new SkipRow("no redirect allow, deny: no", false, false, ",\"deny\": true", false),
        new SkipRow("deny, allow: yes", true, false, "", true),
        new SkipRow("deny, redirect allow: yes", true, false, ",\"proxyPort\": 1", true),
        new SkipRow("deny, deny: no", true, false, ",\"deny\": true", false),
        new SkipRow("redirect allow, redirect allow: no", false, true, ",\"proxyPort\": 1", false),
        new SkipRow(
            "no redirect allow, redirect allow: no", false, false, ",\"proxyPort\": 1", false));
  }

  @ParameterizedTest
  @MethodSource("skipTable")
  void narrowKeyIsGeneratedAsTheSkipTableSays(SkipRow row) {
    String narrow =
        "{\"selector\": {\"identities\": [2000]}%s%s}"
            .formatted(
                row.deny() ? ", \"deny\": true" : "", row.redirect() ? ", \"proxyPort\": 2" : "");
    String wildcard =
        row.wildcard() == null ? "" : ", {\"selector\": \"all\"%s}".formatted(row.wildcard());
    List<String> entries =
        compile(
            "[{\"port\": 80, \"protocol\": \"TCP\", \"rules\": [%s%s]}]"
                .formatted(narrow, wildcard));
    assertThat(entries.stream().anyMatch(e -> e.contains("{2000, 80, 6}")))
        .as(entries.toString())
        .isEqualTo(row.generated());
  }

  record Case(String name, String filters, List<String> entries) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("nothing allowed", "[]", List.of()),
        new Case(
            "named port resolves through the endpoint",
            "[{\"port\": \"http\", \"protocol\": \"TCP\"}]",
            List.of("ingress allow {0, 8080, 6}")),
        new Case(
            "unknown named port gives nothing",
            "[{\"port\": \"nope\", \"protocol\": \"TCP\"}]",
            List.of()),
        new Case(
            "one key per selected identity",
            "[{\"port\": 80, \"protocol\": \"TCP\", \"rules\": [{\"selector\": {\"labels\":"
                + " [\"app=web\"]}}]}]",
            List.of("ingress allow {2000, 80, 6}", "ingress allow {3000, 80, 6}")),
        new Case(
            "all labels have to match",
            "[{\"rules\": [{\"selector\": {\"labels\": [\"k8s:app=web\", \"any:env=live\"]}}]}]",
            List.of("ingress allow {3000, 0, 0}")),
        new Case(
            "another source does not match",
            "[{\"rules\": [{\"selector\": {\"labels\": [\"container:app=web\"]}}]}]",
            List.of()),
        new Case(
            "reserved identities have labels",
            "[{\"rules\": [{\"selector\": {\"labels\": [\"reserved:world\"]}}]}]",
            List.of("ingress allow {2, 0, 0}")),
        new Case(
            "wildcard of an any-port filter skips nothing",
            "[{\"rules\": [{\"selector\": \"all\"}, {\"selector\": {\"identities\": [2000]}}]}]",
            List.of("ingress allow {0, 0, 0}", "ingress allow {2000, 0, 0}")),
        new Case(
            "redirect keeps its proxy port",
            "[{\"port\": 80, \"protocol\": \"TCP\", \"rules\": [{\"selector\": \"all\","
                + " \"proxyPort\": 15001}]}]",
            List.of("ingress allow {0, 80, 6} proxy 15001")),
        new Case(
            "redirect without a port yet is left out",
            "[{\"port\": 80, \"protocol\": \"TCP\", \"rules\": [{\"selector\": \"all\","
                + " \"redirect\": true}]}]",
            List.of()),
        new Case(
            "deny wins over a redirect of the same selector",
            "[{\"port\": 80, \"protocol\": \"TCP\", \"rules\": [{\"selector\": \"all\","
                + " \"proxyPort\": 15001}, {\"selector\": \"all\", \"deny\": true}]}]",
            List.of("ingress deny {0, 80, 6}")),
        new Case(
            "deny of everything ignores what comes after",
            "[{\"rules\": [{\"selector\": \"all\", \"deny\": true}]}, {\"port\": 80,"
                + " \"protocol\": \"TCP\"}]",
            List.of("ingress deny {0, 0, 0}")),
        new Case(
            "deny of everything deletes what came before",
            "[{\"port\": 80, \"protocol\": \"TCP\"}, {\"rules\": [{\"selector\": \"all\","
                + " \"deny\": true}]}]",
            List.of("ingress deny {0, 0, 0}")),
        new Case(
            "L3-only deny narrows an L4-only allow and deletes the identity's own keys",
            "[{\"port\": 80, \"protocol\": \"TCP\"},"
                + " {\"port\": 81, \"protocol\": \"TCP\", \"rules\": [{\"selector\":"
                + " {\"identities\": [2000]}}]},"
                + " {\"rules\": [{\"selector\": {\"identities\": [2000]}, \"deny\": true}]}]",
            List.of(
                "ingress allow {0, 80, 6}",
                "ingress deny {2000, 0, 0}",
                "ingress deny {2000, 80, 6}")),
        new Case(
            "L4-only allow after an L3-only deny is narrowed for that identity",
            "[{\"rules\": [{\"selector\": {\"identities\": [2000]}, \"deny\": true}]},"
                + " {\"port\": 80, \"protocol\": \"TCP\"}]",
            List.of(
                "ingress allow {0, 80, 6}",
                "ingress deny {2000, 0, 0}",
                "ingress deny {2000, 80, 6}")),
        new Case(
            "L3/L4 deny under an L3-only deny is ignored",
            "[{\"rules\": [{\"selector\": {\"identities\": [2000]}, \"deny\": true}]},"
                + " {\"port\": 80, \"protocol\": \"TCP\", \"rules\": [{\"selector\":"
                + " {\"identities\": [2000]}, \"deny\": true}]}]",
            List.of("ingress deny {2000, 0, 0}")),
        new Case(
            "any other allow under an L3-only deny is ignored",
            "[{\"rules\": [{\"selector\": {\"identities\": [2000]}, \"deny\": true}]},"
                + " {\"port\": 80, \"protocol\": \"TCP\", \"rules\": [{\"selector\":"
                + " {\"identities\": [2000]}}]}]",
            List.of("ingress deny {2000, 0, 0}")),
        new Case(
            "L3/L4 deny stands beside an L4-only allow",
            "[{\"port\": 80, \"protocol\": \"TCP\", \"rules\": [{\"selector\": \"all\"},"
                + " {\"selector\": {\"identities\": [2000]}, \"deny\": true}]}]",
            List.of("ingress allow {0, 80, 6}", "ingress deny {2000, 80, 6}")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void filtersBecomeEntries(Case c) {
    assertThat(compile(c.filters())).isEqualTo(c.entries());
  }

  @Test
  void directionThatIsNotEnforcedAllowsAll() {
    assertThat(compileAll("\"ingress\": []"))
        .containsExactly("egress allow {0, 0, 0}", "ingress allow {1, 0, 0}");
    assertThat(compileAll("\"egress\": []"))
        .containsExactly("ingress allow {0, 0, 0}", "ingress allow {1, 0, 0}");
  }

  @Test
  void hostIsAllowedUnlessDenied() {
    assertThat(
            compileAll(
                "\"ingress\": [{\"rules\": [{\"selector\": {\"identities\": [1]}, \"deny\":"
                    + " true}]}]"))
        .containsExactly("egress allow {0, 0, 0}", "ingress deny {1, 0, 0}");
  }

  @Test
  void denyInOneDirectionLeavesTheOtherAlone() {
    assertThat(
            compileAll(
                "\"ingress\": [{\"rules\": [{\"selector\": \"all\", \"deny\": true}]}],"
                    + " \"egress\": [{\"port\": 80, \"protocol\": \"TCP\"}]"))
        .containsExactly("egress allow {0, 80, 6}", "ingress deny {0, 0, 0}");
  }

  @Test
  void rawKeysAreTakenWordForWord() {
    NodeState node = Scenarios.twoPods().node();
    assertThat(new PolicyCompiler(node).keys(100))
        .containsExactly(new Policy.Key(100, true, 2000, 80, 6, 0, false));
    assertThat(new PolicyCompiler(node).keys(200))
        .containsExactly(new Policy.Key(200, false, 1000, 80, 6, 0, false));
  }

  @Test
  void redirectThatIsThereStaysWhenAPlainAllowComes() {
    PolicyMapState state = new PolicyMapState();
    PolicyMapState.Key key = new PolicyMapState.Key(2000, 80, 6, false);
    state.insert(key, PolicyMapState.Entry.of(false, true, 15001, "a"));
    state.insert(key, PolicyMapState.Entry.of(false, false, 0, "b"));
    PolicyMapState.Entry entry = state.entries().get(key);
    assertThat(entry.redirect()).isTrue();
    assertThat(entry.owners()).containsExactly("a", "b");
    state.delete(key, "a");
    assertThat(state.entries().get(key).owners()).containsExactly("b");
    state.delete(key, "b");
    assertThat(state.entries()).isEmpty();
  }

  @Test
  void deletingAnL3DenyDeletesItsDependents() {
    PolicyMapState state = new PolicyMapState();
    PolicyMapState.Key l3 = new PolicyMapState.Key(2000, 0, 0, false);
    PolicyMapState.Key l4 = new PolicyMapState.Key(0, 80, 6, false);
    PolicyMapState.Key both = new PolicyMapState.Key(2000, 80, 6, false);
    state.insert(l4, PolicyMapState.Entry.of(false, false, 0, "wild"));
    state.insert(l3, PolicyMapState.Entry.of(true, false, 0, "deny"));
    assertThat(state.entries()).containsOnlyKeys(l4, l3, both);
    assertThat(state.entries().get(both).owners()).containsExactly(l3);
    state.delete(l3, "deny");
    assertThat(state.entries()).containsOnlyKeys(l4);
  }
}
