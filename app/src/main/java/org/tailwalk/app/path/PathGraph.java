// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tailwalk.app.text.Texts;
import org.tailwalk.engine.ProgramGraph;
import org.tailwalk.event.Hook;
import org.tailwalk.event.MapRole;

/**
 * What the stage shows: the programs of an object by the hook that leads to them, the places where
 * a packet leaves them, and the ways between. Value equality, so that layouts can be cached by it.
 *
 * @param groups from top to bottom
 * @param hidden how many programs are folded away
 */
public record PathGraph(List<Group> groups, List<Node> nodes, List<Edge> edges, int hidden) {
  /** Where a packet goes that the host's stack takes. */
  public static final String STACK = "@stack";

  /** Where a packet goes that the pod takes. */
  public static final String POD = "@pod";

  /** Where a packet goes that the proxy takes. */
  public static final String PROXY = "@proxy";

  /** Where notifications arrive. */
  public static final String MONITOR = "@monitor";

  /** The program that sends drop notifications: slot 1 of an endpoint's calls. */
  public static final String DROP_NOTIFY = "2/1";

  static final String EGRESS = "egress";
  static final String INGRESS = "ingress";
  static final String NOTIFICATIONS = "notifications";
  static final String OTHER = "other";

  /** Keeps its own copies. */
  public PathGraph {
    groups = List.copyOf(groups);
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /** A frame around nodes. */
  public record Group(String id, String title, String about) {}

  /** What a node is: its shape follows from it. */
  public enum Kind {
    ENTRY,
    PROGRAM,
    PLACE,
    MONITOR
  }

  /**
   * A node.
   *
   * @param id a program's as in {@link org.tailwalk.event.ProgramRef#id}, or one that begins with @
   * @param detail the second line
   */
  public record Node(String id, Kind kind, String group, String title, String detail) {}

  /** What a way is. */
  public enum Way {
    /** A tail call inside a group. */
    CALL,
    /** A tail call from group to group. */
    CROSS,
    /** Out of the programs. */
    LEAVE,
    /** To the notifying program or the monitor: drawn only when somebody goes there. */
    NOTIFY
  }

  /**
   * A way from node to node.
   *
   * @param label the slot, or empty
   */
  public record Edge(String from, String to, Way way, String label) {}

  private static final Texts TEXTS = Texts.of(PathGraph.class);

  private static final Set<String> HOOKS =
      Set.of(Hook.FROM_CONTAINER.programId(), Hook.TO_CONTAINER.programId());

  /** Nothing at all. */
  public static PathGraph empty() {
    return new PathGraph(List.of(), List.of(), List.of(), 0);
  }

  /** The node of an id, if there is one. */
  public boolean has(String id) {
    return nodes.stream().anyMatch(n -> n.id().equals(id));
  }

  /**
   * The stage of an object.
   *
   * @param pod what the pod's place is called
   * @param walked the programs that any packet of the capture has entered
   * @param everything also what no packet has entered of the IPv6 half of a dual build, behind its
   *     first program
   */
  public static PathGraph of(ProgramGraph all, String pod, Set<String> walked, boolean everything) {
    ProgramGraph programs = everything ? all : folded(all, walked);
    if (programs.nodes().isEmpty()) {
      return empty();
    }
    Map<String, String> groupOf = groups(programs);
    List<Node> nodes = new ArrayList<>();
    List<ProgramGraph.Node> sorted = new ArrayList<>(programs.nodes());
    sorted.sort(Comparator.comparingInt(PathGraph::rank));
    for (ProgramGraph.Node program : sorted) {
      boolean called =
          programs.edges().stream()
              .anyMatch(e -> e.to().equals(program.id()) && !e.from().equals(e.to()));
      nodes.add(program(program, groupOf.getOrDefault(program.id(), OTHER), called));
    }
    Map<String, Edge> edges = new LinkedHashMap<>();
    for (ProgramGraph.Edge call : programs.edges()) {
      Edge edge = edge(call, groupOf);
      if (groupOf.containsKey(call.to())) {
        edges.putIfAbsent(edge.from() + ">" + edge.to(), edge);
      }
    }
    boolean egress = groupOf.containsValue(EGRESS);
    boolean ingress = groupOf.containsValue(INGRESS);
    if (egress) {
      nodes.add(new Node(STACK, Kind.PLACE, EGRESS, TEXTS.get("place.stack"), "TC_ACT_OK"));
    }
    if (ingress) {
      nodes.add(new Node(POD, Kind.PLACE, INGRESS, pod, TEXTS.get("place.pod")));
    }
    nodes.add(
        new Node(
            MONITOR,
            Kind.MONITOR,
            NOTIFICATIONS,
            TEXTS.get("place.monitor"),
            TEXTS.get("place.monitor.about")));
    nodes.add(
        new Node(
            PROXY,
            Kind.PLACE,
            NOTIFICATIONS,
            TEXTS.get("place.proxy"),
            TEXTS.get("place.proxy.about")));
    for (ProgramGraph.Node program : programs.nodes()) {
      String group = groupOf.getOrDefault(program.id(), OTHER);
      boolean last =
          all.edges().stream().noneMatch(e -> e.from().equals(program.id()) && inside(e, groupOf));
      boolean reached = edges.values().stream().anyMatch(e -> e.to().equals(program.id()));
      if (last && reached && carriesOn(program) && group.equals(EGRESS)) {
        edges.put(program.id() + ">" + STACK, new Edge(program.id(), STACK, Way.LEAVE, ""));
      } else if (last && reached && carriesOn(program) && group.equals(INGRESS)) {
        edges.put(program.id() + ">" + POD, new Edge(program.id(), POD, Way.LEAVE, ""));
      }
    }
    int hidden = all.nodes().size() - programs.nodes().size();
    return new PathGraph(titles(groupOf), nodes, List.copyOf(edges.values()), hidden);
  }

  /** Entries first, policy before to-container; then by slot: so they stand from top to bottom. */
  private static int rank(ProgramGraph.Node program) {
    return switch (program.id()) {
      case "from-container" -> -3;
      case "policy" -> -2;
      case "to-container" -> -1;
      default -> {
        String slot = program.id().replaceFirst("^2/", "");
        yield slot.matches("\\d{1,6}") ? Integer.parseInt(slot) : 1000;
      }
    };
  }

  private static ProgramGraph folded(ProgramGraph all, Set<String> walked) {
    Set<String> hidden = new HashSet<>();
    for (ProgramGraph.Node node : all.nodes()) {
      boolean six = node.function().contains("ipv6") || node.function().contains("icmp6");
      boolean first =
          all.edges().stream()
              .anyMatch(e -> e.to().equals(node.id()) && e.from().equals("from-container"));
      if (six && !first && !walked.contains(node.id())) {
        hidden.add(node.id());
      }
    }
    return new ProgramGraph(
        all.nodes().stream().filter(n -> !hidden.contains(n.id())).toList(),
        all.edges().stream()
            .filter(e -> !hidden.contains(e.from()) && !hidden.contains(e.to()))
            .toList());
  }

  /** Whether a tail call stays in its group, folded programs included. */
  private static boolean inside(ProgramGraph.Edge call, Map<String, String> groupOf) {
    String to = groupOf.get(call.to());
    return call.map() == MapRole.CALLS
        && !call.to().equals(DROP_NOTIFY)
        && (to == null || to.equals(groupOf.get(call.from())));
  }

  /** Programs that answer or resolve by themselves lead nowhere further. */
  private static boolean carriesOn(ProgramGraph.Node program) {
    String name = program.function();
    return !name.contains("icmp6") && !name.contains("arp") && !name.contains("drop");
  }

  private static List<Group> titles(Map<String, String> groupOf) {
    List<Group> groups = new ArrayList<>();
    if (groupOf.containsValue(EGRESS)) {
      groups.add(new Group(EGRESS, TEXTS.get("group.egress"), "from-container"));
    }
    if (groupOf.containsValue(INGRESS)) {
      groups.add(new Group(INGRESS, TEXTS.get("group.ingress"), "policy / to-container"));
    }
    if (groupOf.containsValue(OTHER)) {
      boolean all = groupOf.values().stream().allMatch(g -> g.equals(OTHER));
      groups.add(
          new Group(
              OTHER,
              TEXTS.get("group.programs"),
              TEXTS.get(all ? "group.programs.object" : "group.programs.other")));
    }
    groups.add(new Group(NOTIFICATIONS, TEXTS.get("group.outside"), ""));
    return groups;
  }

  private static Node program(ProgramGraph.Node program, String group, boolean called) {
    // A section named ID/SLOT is the target of a tail call, in Cilium's objects and in others.
    boolean entry = !called && !program.section().matches("\\d+/\\w+");
    String size =
        program.instructions() == 0 ? "" : " · " + TEXTS.get("node.size", program.instructions());
    if (program.id().startsWith("policy")) {
      return new Node(
          program.id(), Kind.ENTRY, group, program.function(), program.section() + size);
    }
    return entry
        ? new Node(
            program.id(),
            Kind.ENTRY,
            group,
            HOOKS.contains(program.id()) ? program.id() : program.function(),
            // The steps call it by its function's name.
            HOOKS.contains(program.id()) ? program.function() : TEXTS.get("node.entry") + size)
        : new Node(program.id(), Kind.PROGRAM, group, program.function(), program.section() + size);
  }

  private static Edge edge(ProgramGraph.Edge call, Map<String, String> groupOf) {
    boolean dynamic = call.map() == MapRole.POLICY_CALL || call.map() == MapRole.POLICY_EGRESS_CALL;
    Way way;
    if (call.to().equals(DROP_NOTIFY)) {
      way = Way.NOTIFY;
    } else if (!groupOf
        .getOrDefault(call.from(), OTHER)
        .equals(groupOf.getOrDefault(call.to(), OTHER))) {
      way = Way.CROSS;
    } else {
      way = Way.CALL;
    }
    String label =
        call.slot() >= 0 ? Long.toString(call.slot()) : dynamic ? TEXTS.get("edge.policy") : "?";
    return new Edge(call.from(), call.to(), way, label);
  }

  /** Egress: what from-container leads to without entering another endpoint's policy. */
  private static Map<String, String> groups(ProgramGraph programs) {
    Set<String> egress = reach(programs, Set.of("from-container"));
    Set<String> ingress = reach(programs, Set.of("to-container", "policy"));
    Map<String, String> group = new LinkedHashMap<>();
    for (ProgramGraph.Node node : programs.nodes()) {
      if (node.id().equals(DROP_NOTIFY)) {
        group.put(node.id(), NOTIFICATIONS);
      } else if (egress.contains(node.id()) || node.id().equals("policy-egress")) {
        group.put(node.id(), EGRESS);
      } else if (ingress.contains(node.id())) {
        group.put(node.id(), INGRESS);
      } else {
        group.put(node.id(), OTHER);
      }
    }
    return group;
  }

  private static Set<String> reach(ProgramGraph programs, Set<String> from) {
    Set<String> known = new HashSet<>();
    programs.nodes().forEach(n -> known.add(n.id()));
    Deque<String> open = new ArrayDeque<>(new TreeSet<>(from));
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      String at = open.removeFirst();
      if (known.contains(at) && seen.add(at)) {
        for (ProgramGraph.Edge edge : programs.edges()) {
          if (edge.from().equals(at) && edge.map() != MapRole.POLICY_CALL) {
            open.add(edge.to());
          }
        }
      }
    }
    return seen;
  }
}
