// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.recording;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.ProgramGraph;
import org.tailwalk.engine.Sweep;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.SourceRef;
import org.tailwalk.event.Step;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;

/** Which records and enums a recording may hold, by name, and how they are taken apart and made. */
final class RecordTypes {
  /** Every type a recording may hold; the members of sealed interfaces come by themselves. */
  private static final List<Class<?>> KNOWN =
      List.of(
          PathTrace.class,
          Step.class,
          SourceRef.class,
          ProgramRef.class,
          MapRef.class,
          ContextState.class,
          PathEvent.class,
          Verdict.class,
          Notification.class,
          MapKey.class,
          MapValue.class,
          IpAddress.class,
          MacAddress.class,
          Sweep.class,
          Sweep.Collected.class,
          ProgramGraph.class,
          ProgramGraph.Node.class,
          ProgramGraph.Edge.class);

  private static final List<Class<? extends Enum<?>>> ENUMS =
      List.of(MapRole.class, MetricDirection.class, Sweep.Cause.class);

  private static final Map<Class<?>, Shape> SHAPES = new HashMap<>();
  private static final Map<String, Shape> BY_NAME = new HashMap<>();
  private static final Map<String, Class<? extends Enum<?>>> ENUMS_BY_NAME = new HashMap<>();

  static {
    KNOWN.forEach(RecordTypes::register);
    ENUMS.forEach(e -> ENUMS_BY_NAME.put(name(e), e));
  }

  private RecordTypes() {}

  /**
   * A component of a record.
   *
   * @param type erased, primitives boxed
   * @param element the erased element type of a list, else null
   * @param nullable whether it may hold nothing
   */
  record Component(String name, Class<?> type, @Nullable Class<?> element, boolean nullable) {}

  /** How a record is taken apart and made. */
  static final class Shape {
    final String name;
    final List<Component> components;
    private final MethodHandle[] getters;
    private final MethodHandle maker;

    private Shape(Class<?> type) {
      name = RecordTypes.name(type);
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      List<Component> found = new ArrayList<>();
      RecordComponent[] parts = type.getRecordComponents();
      getters = new MethodHandle[parts.length];
      Class<?>[] types = new Class<?>[parts.length];
      try {
        for (int i = 0; i < parts.length; i++) {
          types[i] = parts[i].getType();
          found.add(
              new Component(
                  parts[i].getName(),
                  MethodType.methodType(types[i]).wrap().returnType(),
                  element(parts[i].getGenericType()),
                  parts[i].getAnnotatedType().isAnnotationPresent(Nullable.class)));
          getters[i] =
              lookup
                  .unreflect(parts[i].getAccessor())
                  .asType(MethodType.methodType(Object.class, Object.class));
        }
        maker =
            lookup
                .unreflectConstructor(type.getDeclaredConstructor(types))
                .asType(MethodType.genericMethodType(types.length))
                .asSpreader(Object[].class, types.length);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("a record of the vocabulary can't be used: " + type, e);
      }
      components = List.copyOf(found);
    }

    @SuppressWarnings("NullAway") // a component may hold null, which the handle's type can't say
    @Nullable Object get(Object value, int component) {
      try {
        return (Object) getters[component].invokeExact(value);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }

    /**
     * The record of these components; their types were checked.
     *
     * @throws RuntimeException when the record refuses them
     */
    Object make(@Nullable Object[] values) {
      try {
        return (Object) maker.invokeExact(values);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static @Nullable Class<?> element(Type type) {
    if (!(type instanceof ParameterizedType list)) {
      return null;
    }
    return list.getActualTypeArguments()[0] instanceof Class<?> c ? c : Object.class;
  }

  private static void register(Class<?> type) {
    Class<?>[] permitted = type.getPermittedSubclasses();
    if (permitted != null) {
      for (Class<?> member : permitted) {
        register(member);
      }
    } else {
      Shape shape = new Shape(type);
      SHAPES.put(type, shape);
      BY_NAME.put(shape.name, shape);
    }
  }

  /** The name in a recording: the type's own, behind the one it is declared in. */
  private static String name(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    return outer == null ? type.getSimpleName() : name(outer) + "." + type.getSimpleName();
  }

  static Shape of(Object value) {
    Shape shape = SHAPES.get(value.getClass());
    if (shape == null) {
      throw new IllegalArgumentException("can't be recorded: " + value.getClass());
    }
    return shape;
  }

  static @Nullable Shape named(String name) {
    return BY_NAME.get(name);
  }

  static String enumName(Enum<?> constant) {
    return name(constant.getDeclaringClass());
  }

  static @Nullable Enum<?> constant(String type, String name) {
    Class<? extends Enum<?>> of = ENUMS_BY_NAME.get(type);
    if (of != null) {
      for (Enum<?> constant : of.getEnumConstants()) {
        if (constant.name().equals(name)) {
          return constant;
        }
      }
    }
    return null;
  }
}
