// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.packet.Protocols;
import org.tailwalk.text.Message;

/** Reads the {@code policy} of a scenario: raw keys or filters, not both. */
final class PolicyReader {
  private final String file;
  private final NodeState node;

  PolicyReader(String file, NodeState node) {
    this.file = file;
    this.node = node;
  }

  Policy policy(JsonTree tree) throws ScenarioException {
    JsonFields f = JsonFields.of(file, tree);
    if (f.has("keys") == f.has("filters")) {
      throw f.error(Message.of("wrong.scenario.policy"));
    }
    Policy policy =
        f.has("keys")
            ? new Policy.Keys(f.list("keys", this::key))
            : new Policy.Filters(f.list("filters", this::endpointFilters));
    f.done();
    return policy;
  }

  private Policy.Key key(JsonTree item) throws ScenarioException {
    JsonFields f = JsonFields.of(file, item);
    Policy.Key key =
        new Policy.Key(
            ScenarioReader.endpointId(file, f.need("endpoint"), node),
            f.word("direction", PolicyReader::egress),
            f.number("identity", 0, ScenarioReader.U32, 0),
            (int) f.number("port", 0, 0xffff, 0),
            protocol(f),
            (int) f.number("proxyPort", 0, 0xffff, 0),
            f.bool("deny", false));
    f.done();
    return key;
  }

  private static boolean egress(String word) {
    return switch (word) {
      case "egress" -> true;
      case "ingress" -> false;
      default ->
          throw new IllegalArgumentException(
              "unknown direction \"" + word + "\"; there are ingress, egress");
    };
  }

  private int protocol(JsonFields f) throws ScenarioException {
    JsonTree value = f.get("protocol").orElse(null);
    if (value == null) {
      return 0;
    }
    if (value instanceof JsonTree.Num) {
      return (int) JsonFields.number(file, value, 0, 255);
    }
    return JsonFields.word(
        file,
        value,
        word ->
            word.equals("ANY")
                ? 0
                : Protocols.number(word)
                    .orElseThrow(() ->
                        new IllegalArgumentException(
                            "unknown protocol \""
                                + word
                                + "\"; there are ANY, TCP, UDP, SCTP, ICMP, ICMPv6, … and"
                                + " numbers")));
  }

  private Policy.EndpointFilters endpointFilters(JsonTree item) throws ScenarioException {
    JsonFields f = JsonFields.of(file, item);
    Policy.EndpointFilters filters =
        new Policy.EndpointFilters(
            ScenarioReader.endpointId(file, f.need("endpoint"), node),
            direction(f, "ingress"),
            direction(f, "egress"),
            f.list("namedPorts", this::namedPort));
    f.done();
    return filters;
  }

  private @Nullable List<Policy.L4Filter> direction(JsonFields f, String name)
      throws ScenarioException {
    return ScenarioReader.unlessNull(f.get(name)) == null ? null : f.list(name, this::filter);
  }

  private Policy.NamedPort namedPort(JsonTree item) throws ScenarioException {
    JsonFields f = JsonFields.of(file, item);
    Policy.NamedPort port =
        new Policy.NamedPort(f.string("name"), protocol(f), (int) f.number("port", 1, 0xffff));
    f.done();
    return port;
  }

  private Policy.L4Filter filter(JsonTree item) throws ScenarioException {
    JsonFields f = JsonFields.of(file, item);
    int port = 0;
    String name = null;
    JsonTree value = f.get("port").orElse(null);
    if (value instanceof JsonTree.Str(_, _, String text)) {
      name = text;
      if (text.isEmpty()) {
        throw f.error("port", Message.of("wrong.scenario.port"));
      }
    } else if (value != null) {
      port = (int) JsonFields.number(file, value, 0, 0xffff);
    }
    List<Policy.SelectorRule> rules =
        f.has("rules")
            ? f.list("rules", this::rule)
            : List.of(new Policy.SelectorRule(new Policy.Selector.Wildcard(), false, false, 0));
    Policy.L4Filter filter = new Policy.L4Filter(port, name, protocol(f), rules);
    f.done();
    return filter;
  }

  private Policy.SelectorRule rule(JsonTree item) throws ScenarioException {
    JsonFields f = JsonFields.of(file, item);
    int proxyPort = (int) f.number("proxyPort", 0, 0xffff, 0);
    boolean redirect = f.bool("redirect", proxyPort != 0);
    if (!redirect && proxyPort != 0) {
      throw f.error("proxyPort", Message.of("wrong.scenario.proxy"));
    }
    Policy.SelectorRule rule =
        new Policy.SelectorRule(
            selector(f.need("selector")), f.bool("deny", false), redirect, proxyPort);
    f.done();
    return rule;
  }

  private Policy.Selector selector(JsonTree value) throws ScenarioException {
    if (value instanceof JsonTree.Str(_, _, String word)) {
      if (word.equals("all")) {
        return new Policy.Selector.Wildcard();
      }
      throw JsonFields.error(
          file,
          value,
          Message.of(
              "wrong.scenario.selector.word",
              "{\"labels\": [...]}",
              "{\"identities\": [...]}",
              word));
    }
    JsonFields f = JsonFields.of(file, value);
    if (f.has("labels") == f.has("identities")) {
      throw f.error(Message.of("wrong.scenario.selector"));
    }
    Policy.Selector selector =
        f.has("labels")
            ? new Policy.Selector.Labels(f.list("labels", l -> JsonFields.text(file, l)))
            : new Policy.Selector.Ids(
                f.list("identities", i -> JsonFields.number(file, i, 1, ScenarioReader.U32)));
    f.done();
    return selector;
  }
}
