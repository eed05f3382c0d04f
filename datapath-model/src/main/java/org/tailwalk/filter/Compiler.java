// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tailwalk.filter.Field.Type;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;
import org.tailwalk.text.Message;

/** Checks the types of an expression and makes a test of it. */
final class Compiler {
  private final String text;
  private Level level = Level.SUMMARY;
  private boolean bytes;

  Compiler(String text) {
    this.text = text;
  }

  /** The most that any part of the filter needs to know. */
  Level level() {
    return level;
  }

  /** Whether any part of it asks for what stands in the packet's bytes. */
  boolean asksBytes() {
    return bytes;
  }

  Test compile(Expr expr) throws FilterException {
    return switch (expr) {
      case Expr.All _ -> new Test.All();
      case Expr.Word w -> new Test.Word(w.text());
      case Expr.Present p -> present(p.operand());
      case Expr.Compare c -> compare(c);
      case Expr.CompareFields c -> compareFields(c);
      case Expr.In in -> in(in);
      case Expr.Not n -> new Test.Not(compile(n.of()));
      case Expr.And a -> new Test.And(all(a.parts()));
      case Expr.Or o -> new Test.Or(all(o.parts()));
      case Expr.Xor x -> new Test.Xor(compile(x.left()), compile(x.right()));
    };
  }

  private List<Test> all(List<Expr> parts) throws FilterException {
    List<Test> tests = new ArrayList<>();
    for (Expr part : parts) {
      tests.add(compile(part));
    }
    return tests;
  }

  private FilterException error(Span at, Message message) {
    return new FilterException(text, at, message, "");
  }

  private Field field(Expr.Operand operand) throws FilterException {
    Field field = Fields.find(operand.field());
    if (field == null) {
      throw new FilterException(
          text,
          operand.span(),
          Message.of("filter.wrong.no-field", operand.field()),
          Fields.nearest(operand.field()));
    }
    bytes |= field.level() == Level.FRAME;
    if (field.level().compareTo(level) > 0) {
      level = field.level();
    }
    for (FilterFunction function : operand.functions()) {
      if (!function.takes(field.type())) {
        throw error(
            operand.span(),
            Message.of(
                "filter.wrong.function",
                function.label(),
                function.needs(),
                field.name(),
                field.type().label()));
      }
      field = function.of(field);
    }
    return field;
  }

  /** What is compared in the end: slices are bytes whatever they were cut from. */
  private Type type(Expr.Operand operand, Field field) throws FilterException {
    if (operand.slice() != null) {
      switch (field.type()) {
        case TEXT, BYTES, MAC, IPV4, IPV6 -> {}
        case BOOL, NUMBER, TIME, WORD, PROTOCOL ->
            throw error(
                operand.span(),
                Message.of("filter.wrong.no-bytes", field.name(), field.type().label()));
      }
      return Type.BYTES;
    }
    if (operand.mask() != null && field.type() != Type.NUMBER) {
      throw error(
          operand.span(), Message.of("filter.wrong.no-bits", field.name(), field.type().label()));
    }
    return field.type();
  }

  private static Test.Operand values(Expr.Operand operand, Field field) {
    Field.Values values = field.values();
    Expr.Slice slice = operand.slice();
    Long mask = operand.mask();
    Field.Values sliced =
        slice == null
            ? values
            : (s, each) ->
                values.each(
                    s,
                    v -> {
                      Bytes part = cut(bytes(v), slice);
                      if (part.length() > 0) {
                        each.accept(part);
                      }
                    });
    Field.Values masked =
        mask == null
            ? sliced
            : (s, each) -> sliced.each(s, v -> each.accept(v instanceof Long n ? n & mask : v));
    return new Test.Operand(field.level(), masked);
  }

  private static Bytes bytes(Object value) {
    return switch (value) {
      case Bytes b -> b;
      case MacAddress m -> Bytes.copyOf(m.toBytes());
      case IpAddress a -> Bytes.copyOf(a.toBytes());
      default -> Bytes.copyOf(value.toString().getBytes(StandardCharsets.UTF_8));
    };
  }

  private static Bytes cut(Bytes bytes, Expr.Slice slice) {
    int from = slice.from() < 0 ? bytes.length() + slice.from() : slice.from();
    int to = slice.length() < 0 ? bytes.length() : from + slice.length();
    return from < 0 || from >= bytes.length() || to > bytes.length()
        ? Bytes.empty()
        : bytes.slice(from, to);
  }

  private Test present(Expr.Operand operand) throws FilterException {
    Field field = field(operand);
    type(operand, field);
    boolean truth = field.type() == Type.BOOL || operand.mask() != null;
    return new Test.Each(
        values(operand, field), Test.Quantity.ANY, v -> !truth || !Long.valueOf(0).equals(v));
  }

  private static Test.Quantity quantity(Expr.Operand left, Expr.Relation relation) {
    Expr.Quantifier written = left.quantifier();
    if (written != null) {
      return quantity(written);
    }
    return switch (relation) {
      case NE -> Test.Quantity.NONE;
      case ALL_EQ -> Test.Quantity.ALL;
      case EQ, ANY_NE, GT, LT, GE, LE, CONTAINS, MATCHES -> Test.Quantity.ANY;
    };
  }

  private static Test.Quantity quantity(Expr.Quantifier written) {
    return switch (written) {
      case ANY -> Test.Quantity.ANY;
      case ALL -> Test.Quantity.ALL;
    };
  }

  private Test compare(Expr.Compare c) throws FilterException {
    Field field = field(c.left());
    Type type = type(c.left(), field);
    Values reader = new Values(text, field, type);
    Predicate<Object> passes =
        switch (c.relation()) {
          case EQ, ALL_EQ -> reader.equal(c.right());
          case NE ->
              c.left().quantifier() == null
                  ? reader.equal(c.right())
                  : reader.equal(c.right()).negate();
          case ANY_NE -> reader.equal(c.right()).negate();
          case GT, LT, GE, LE -> order(field, type, c, reader);
          case CONTAINS -> reader.contains(c.right());
          case MATCHES -> reader.matches(c.right());
        };
    return new Test.Each(values(c.left(), field), quantity(c.left(), c.relation()), passes);
  }

  private Predicate<Object> order(Field field, Type type, Expr.Compare c, Values reader)
      throws FilterException {
    switch (type) {
      case NUMBER, TIME, IPV4, IPV6, TEXT -> {}
      case BOOL, MAC, BYTES, WORD, PROTOCOL ->
          throw error(
              c.left().span(),
              Message.of("filter.wrong.no-order", field.name(), type.label(), c.relation().sign()));
    }
    Comparable<Object> bound = comparable(reader.single(c.right()));
    Expr.Relation relation = c.relation();
    return v -> holds(relation, -bound.compareTo(v));
  }

  @SuppressWarnings("unchecked") // values of one type are compared with their like
  private static Comparable<Object> comparable(Object value) {
    return (Comparable<Object>) value;
  }

  private static boolean holds(Expr.Relation relation, int order) {
    return switch (relation) {
      case GT -> order > 0;
      case LT -> order < 0;
      case GE -> order >= 0;
      case LE -> order <= 0;
      case EQ, NE, ALL_EQ -> order == 0;
      case ANY_NE -> order != 0;
      case CONTAINS, MATCHES -> false;
    };
  }

  private Test compareFields(Expr.CompareFields c) throws FilterException {
    Field left = field(c.left());
    Field right = field(c.right());
    Type type = type(c.left(), left);
    Type other = type(c.right(), right);
    boolean words = words(type) && words(other);
    if (type != other && !words) {
      throw error(
          c.right().span(),
          Message.of(
              "filter.wrong.never-equal", left.name(), type.label(), right.name(), other.label()));
    }
    Expr.Relation relation = c.relation();
    boolean ordered =
        type == Type.NUMBER || type == Type.TIME || type == Type.IPV4 || type == Type.IPV6 || words;
    switch (relation) {
      case EQ, NE, ALL_EQ, ANY_NE -> {}
      case GT, LT, GE, LE -> {
        if (!ordered) {
          throw error(
              c.left().span(),
              Message.of("filter.wrong.no-order", left.name(), type.label(), relation.sign()));
        }
      }
      case CONTAINS, MATCHES ->
          throw error(c.right().span(), Message.of("filter.wrong.needs-text", relation.sign()));
    }
    // Behind "any" or "all", != asks each pair by itself.
    Expr.Relation each =
        relation == Expr.Relation.NE && c.left().quantifier() != null
            ? Expr.Relation.ANY_NE
            : relation;
    return new Test.Pairs(
        values(c.left(), left),
        values(c.right(), right),
        quantity(c.left(), relation),
        (a, b) -> holds(each, ordered ? comparable(a).compareTo(b) : a.equals(b) ? 0 : 1));
  }

  private static boolean words(Type type) {
    return type == Type.TEXT || type == Type.WORD;
  }

  private Test in(Expr.In in) throws FilterException {
    Field field = field(in.left());
    Type type = type(in.left(), field);
    Values reader = new Values(text, field, type);
    List<Predicate<Object>> members = new ArrayList<>();
    for (Expr.Item item : in.items()) {
      Expr.@Nullable Value to = item.to();
      members.add(to == null ? reader.equal(item.from()) : range(field, type, item, to, reader));
    }
    Expr.Quantifier written = in.left().quantifier();
    return new Test.Each(
        values(in.left(), field),
        written == null ? Test.Quantity.ANY : quantity(written),
        v -> {
          for (Predicate<Object> member : members) {
            if (member.test(v)) {
              return true;
            }
          }
          return false;
        });
  }

  private Predicate<Object> range(
      Field field, Type type, Expr.Item item, Expr.Value to, Values reader) throws FilterException {
    if (type != Type.NUMBER && type != Type.TIME && type != Type.IPV4 && type != Type.IPV6) {
      throw error(
          item.from().span().until(to.span()),
          Message.of("filter.wrong.no-ranges", field.name(), type.label()));
    }
    Comparable<Object> low = comparable(reader.single(item.from()));
    Object last = reader.single(to);
    Comparable<Object> high = comparable(last);
    if (low.compareTo(last) > 0) {
      throw error(item.from().span().until(to.span()), Message.of("filter.wrong.range"));
    }
    return v -> low.compareTo(v) <= 0 && high.compareTo(v) >= 0;
  }
}
