// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.text.Texts;
import org.tailwalk.controlplane.PolicyCompiler;
import org.tailwalk.controlplane.PolicyCompiler.Compiled;
import org.tailwalk.controlplane.PolicyOrigin;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MapKey;
import org.tailwalk.packet.Protocols;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Reading;
import org.tailwalk.replay.Reading.PolicyDecision;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.NodeState;
import org.tailwalk.scenario.Policy;

/** Tells of every policy decision about a packet. Pure. */
final class PolicyAccount {
  private static final int DENIED_BY_FRAGMENT = 157;
  private static final int DENIED = 133;
  private static final int DENIED_BY_DENY = 181;

  /**
   * What stands in the tab.
   *
   * @param nothing why no policy was asked; empty when one was
   */
  record Content(List<Gate> gates, String nothing) {}

  /**
   * One decision.
   *
   * @param lane which lane's, where the lanes decided differently; else empty
   * @param result what came of it, a sentence
   * @param bad whether it denies
   */
  record Gate(
      String title,
      String lane,
      String result,
      boolean bad,
      List<Asked> order,
      List<Entry> entries) {}

  /**
   * A row of the lookup order.
   *
   * @param number as in the facts' table
   * @param style {@code hit}, {@code miss} or {@code skipped}
   */
  record Asked(int number, String key, String result, String match, String style) {}

  /**
   * An entry of the endpoint's map in the direction asked.
   *
   * @param from the filter it came from
   * @param why it decided, or did not
   */
  record Entry(String key, String what, String from, String why, boolean winner) {}

  private final Texts texts = Texts.of(PolicyAccount.class);
  private final NodeState node;
  private final PolicyCompiler compiler;

  PolicyAccount(NodeState node) {
    this.node = node;
    this.compiler = new PolicyCompiler(node);
  }

  Content of(PacketReplay packet) {
    List<Gate> gates = new ArrayList<>();
    LaneTrace first = packet.primary().orElse(null);
    LaneTrace second = packet.kernel() != null ? packet.model() : null;
    if (first == null) {
      return new Content(gates, texts.get("nothing.not-run"));
    }
    boolean differ = second != null && !same(first.reading(), second.reading());
    String kernel = differ ? texts.get("lane.kernel") : "";
    first.reading().policy().forEach(d -> gates.add(gate(d, first.reading(), kernel)));
    if (differ && second != null) {
      String model = texts.get("lane.model");
      second.reading().policy().forEach(d -> gates.add(gate(d, second.reading(), model)));
    }
    return new Content(gates, gates.isEmpty() ? none(first.reading()) : "");
  }

  private static boolean same(Reading a, Reading b) {
    return a.policy().stream()
        .map(PolicyAccount::comparable)
        .toList()
        .equals(b.policy().stream().map(PolicyAccount::comparable).toList());
  }

  private static List<Object> comparable(PolicyDecision d) {
    return List.of(d.endpoint(), d.direction(), d.tried(), String.valueOf(d.winner()));
  }

  private String none(Reading reading) {
    if (reading.wentWrong() && reading.ct().isEmpty()) {
      return texts.get("nothing.before");
    }
    return texts.get("nothing.unasked");
  }

  private Gate gate(PolicyDecision decision, Reading reading, String lane) {
    String way = texts.get(decision.direction() == Reading.Direction.EGRESS ? "egress" : "ingress");
    CtStatus status = status(decision, reading);
    List<Compiled> entries =
        compiler.compiled(decision.endpoint()).stream()
            .filter(c -> c.key().egress() == (decision.direction() == Reading.Direction.EGRESS))
            .toList();
    Compiled winner = find(entries, decision.winner());
    return new Gate(
        texts.get("title", way, endpoint(decision.endpoint())),
        lane,
        result(decision, status, winner),
        !letBy(status) && denies(decision, winner),
        order(decision, winner),
        entries.stream().map(e -> entry(e, decision, winner)).toList());
  }

  private static @Nullable CtStatus status(PolicyDecision decision, Reading reading) {
    for (Reading.CtLookup ct : reading.ct()) {
      if (ct.endpoint() == decision.endpoint() && ct.direction() == decision.direction()) {
        return ct.status();
      }
    }
    return null;
  }

  private static boolean letBy(@Nullable CtStatus status) {
    return status == CtStatus.REPLY || status == CtStatus.RELATED;
  }

  private static @Nullable Compiled find(List<Compiled> entries, MapKey.@Nullable PolicyKey key) {
    return entries.stream()
        .filter(e -> key != null && matches(e.key(), key))
        .findFirst()
        .orElse(null);
  }

  private static boolean matches(Policy.Key entry, MapKey.PolicyKey key) {
    return entry.identity() == key.identity()
        && entry.port() == key.dport()
        && entry.protocol() == key.protocol()
        && entry.egress() == key.egress();
  }

  private static boolean denies(PolicyDecision decision, @Nullable Compiled winner) {
    Integer verdict = decision.verdict();
    if (verdict != null) {
      return verdict < 0;
    }
    return winner == null ? decision.winner() == null : winner.key().deny();
  }

  private String result(
      PolicyDecision decision, @Nullable CtStatus status, @Nullable Compiled winner) {
    String answer;
    Integer verdict = decision.verdict();
    if (decision.winner() == null) {
      boolean allowed = verdict != null && verdict == 0;
      int code =
          verdict != null && verdict < 0
              ? -verdict
              : fragment(decision) ? DENIED_BY_FRAGMENT : DENIED;
      answer =
          allowed
              ? texts.get("result.by-metadata")
              : texts.get("result.none", -code, DropReason.describe(code, 0));
    } else if (winner != null && winner.key().deny()) {
      answer = texts.get("result.denied", -DENIED_BY_DENY, DropReason.describe(DENIED_BY_DENY, 0));
    } else if (winner != null && winner.key().proxyPort() != 0) {
      answer = texts.get("result.proxy", String.valueOf(winner.key().proxyPort()));
    } else {
      answer = texts.get("result.allowed");
    }
    if (letBy(status) && status != null) {
      answer += " " + texts.get("result.overruled", status.label());
    } else if (status != null) {
      answer += " " + texts.get("result.status", status.label());
    }
    return answer;
  }

  private static boolean fragment(PolicyDecision decision) {
    return !decision.tried().isEmpty() && decision.tried().getFirst().protocol() == 0;
  }

  private List<Asked> order(PolicyDecision decision, @Nullable Compiled winner) {
    List<MapKey.PolicyKey> tried = decision.tried();
    if (tried.isEmpty()) {
      return List.of();
    }
    boolean fragment = fragment(decision);
    boolean of2020 = tried.size() > 2 && tried.get(2).protocol() == 0;
    MapKey.PolicyKey first = tried.getFirst();
    List<Asked> rows = new ArrayList<>();
    int next = 0;
    for (int number = 1; number <= 5; number++) {
      if (number == 3 && of2020) {
        continue;
      }
      MapKey.PolicyKey wanted = key(number, first);
      if (fragment && number <= 3) {
        rows.add(
            new Asked(
                number, texts.get("order." + number), texts.get("asked.fragment"), "", "skipped"));
      } else if (next < tried.size()) {
        MapKey.PolicyKey asked = tried.get(next++);
        boolean hit = asked.equals(decision.winner()) && next == tried.size();
        rows.add(
            new Asked(
                number,
                words(asked),
                texts.get(hit ? "asked.hit" : "asked.miss") + (hit ? what(winner) : ""),
                hit ? texts.get("match." + number) : "",
                hit ? "hit" : "miss"));
      } else {
        rows.add(new Asked(number, words(wanted), texts.get("asked.not"), "", "skipped"));
      }
    }
    return rows;
  }

  private String what(@Nullable Compiled winner) {
    return winner == null ? "" : ": " + what(winner.key());
  }

  private static MapKey.PolicyKey key(int number, MapKey.PolicyKey first) {
    return switch (number) {
      case 1 -> first;
      case 2 -> new MapKey.PolicyKey(0, first.dport(), first.protocol(), first.egress());
      case 3 -> new MapKey.PolicyKey(0, 0, first.protocol(), first.egress());
      case 4 -> new MapKey.PolicyKey(first.identity(), 0, 0, first.egress());
      default -> new MapKey.PolicyKey(0, 0, 0, first.egress());
    };
  }

  private Entry entry(Compiled entry, PolicyDecision decision, @Nullable Compiled winner) {
    Policy.Key key = entry.key();
    boolean wins = entry == winner;
    return new Entry(
        words(new MapKey.PolicyKey(key.identity(), key.port(), key.protocol(), key.egress())),
        what(key),
        entry.origins().stream().map(this::from).collect(Collectors.joining("; ")),
        wins ? texts.get("why.wins") : why(key, decision),
        wins);
  }

  private String what(Policy.Key key) {
    if (key.deny()) {
      return texts.get("deny");
    }
    return key.proxyPort() == 0
        ? texts.get("allow")
        : texts.get("proxy", String.valueOf(key.proxyPort()));
  }

  private String from(PolicyOrigin origin) {
    return switch (origin) {
      case PolicyOrigin.Rule(boolean egress, Policy.L4Filter filter, Policy.SelectorRule rule) ->
          texts.get(
              "from.rule",
              texts.get(egress ? "egress" : "ingress"),
              port(filter),
              selector(rule.selector()),
              rule.deny()
                  ? texts.get("deny")
                  : rule.redirect()
                      ? texts.get("proxy", String.valueOf(rule.proxyPort()))
                      : texts.get("allow"));
      case PolicyOrigin.NotEnforced(boolean egress) ->
          texts.get("from.open", texts.get(egress ? "egress" : "ingress"));
      case PolicyOrigin.Host _ -> texts.get("from.host");
      case PolicyOrigin.Denied(long identity) -> texts.get("from.denied", identity(identity));
      case PolicyOrigin.Raw _ -> texts.get("from.raw");
    };
  }

  private String port(Policy.L4Filter filter) {
    String name = filter.portName();
    String port =
        filter.port() != 0
            ? String.valueOf(filter.port())
            : name != null ? name : texts.get("any-port");
    return port + "/" + protocol(filter.protocol());
  }

  private String selector(Policy.Selector selector) {
    return switch (selector) {
      case Policy.Selector.Wildcard _ -> texts.get("everybody");
      case Policy.Selector.Labels(List<String> labels) -> String.join(", ", labels);
      case Policy.Selector.Ids(List<Long> ids) ->
          ids.stream().map(this::identity).collect(Collectors.joining(", "));
    };
  }

  /** Why an entry that did not win didn't. */
  private String why(Policy.Key key, PolicyDecision decision) {
    if (decision.tried().isEmpty()) {
      return "";
    }
    MapKey.PolicyKey packet = decision.tried().getFirst();
    List<String> reasons = new ArrayList<>();
    if (key.identity() != 0 && key.identity() != packet.identity()) {
      reasons.add(texts.get("why.identity", identity(packet.identity())));
    }
    if (fragment(decision) && key.protocol() != 0) {
      reasons.add(texts.get("why.fragment"));
    } else {
      if (key.protocol() != 0 && key.protocol() != packet.protocol()) {
        reasons.add(texts.get("why.protocol", protocol(packet.protocol())));
      }
      if (key.port() != 0 && key.port() != packet.dport()) {
        reasons.add(texts.get("why.port", String.valueOf(packet.dport())));
      }
    }
    if (!reasons.isEmpty()) {
      return String.join("; ", reasons);
    }
    boolean narrow = key.identity() != 0 && key.port() == 0 && key.protocol() != 0;
    return texts.get(narrow && packet.dport() != 0 ? "why.never" : "why.later");
  }

  private String words(MapKey.PolicyKey key) {
    return "{%s, %s, %s}"
        .formatted(
            key.identity() == 0 ? texts.get("any") : String.valueOf(key.identity()),
            key.dport() == 0 ? texts.get("any") : String.valueOf(key.dport()),
            protocol(key.protocol()));
  }

  private String protocol(int number) {
    return number == 0 ? texts.get("any") : Protocols.name(number);
  }

  private String identity(long id) {
    List<String> labels = node.labels(id);
    return id + (labels.isEmpty() ? "" : " (" + String.join(", ", labels) + ")");
  }

  private String endpoint(int id) {
    String name = node.endpoint(id).map(EndpointConfig::name).orElse("");
    return id + (name.isEmpty() ? "" : " “" + name + "”");
  }
}
