// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

import java.util.List;
import java.util.Optional;

/**
 * A map as read from an object.
 *
 * @param name symbol; instructions refer to it. Unique in the collection
 * @param shape type, sizes, entries, flags
 * @param origin where it was declared and what else was said there
 * @param inner the inner maps, for maps in maps
 * @param contents initial entries (programs of program arrays are wired by {@link
 *     ProgramSpec#slots()})
 * @param frozen whether user space can no longer write once the contents are in ({@code .rodata})
 */
public record MapSpec(
    String name,
    MapShape shape,
    MapOrigin origin,
    Optional<InnerMaps> inner,
    List<MapEntry> contents,
    boolean frozen) {
  private static final int KERNEL_NAME_LENGTH = 15;

  public MapSpec {
    contents = List.copyOf(contents);
  }

  /** A map of our own. */
  public static MapSpec added(String name, MapShape shape) {
    return new MapSpec(name, shape, new MapOrigin.Added(), Optional.empty(), List.of(), false);
  }

  public int type() {
    return shape.type();
  }

  public int keySize() {
    return shape.keySize();
  }

  public int valueSize() {
    return shape.valueSize();
  }

  public int maxEntries() {
    return shape.maxEntries();
  }

  public int flags() {
    return shape.flags();
  }

  /** BTF type id of the key, 0 where the kernel must not be given any. */
  public int btfKeyType() {
    return MapType.takesBtf(type()) && origin instanceof MapOrigin.Btf b ? b.keyType() : 0;
  }

  /** BTF type id of the value, 0 where the kernel must not be given any. */
  public int btfValueType() {
    if (!MapType.takesBtf(type())) {
      return 0;
    }
    return switch (origin) {
      case MapOrigin.Btf b -> b.valueType();
      case MapOrigin.Data d -> d.btfType();
      case MapOrigin.Legacy _, MapOrigin.Added _ -> 0;
    };
  }

  /** The name the kernel takes: at most 15 of {@code [A-Za-z0-9_.]}. */
  public String kernelName() {
    String clean = name.replaceAll("[^A-Za-z0-9_.]", "_");
    return clean.substring(0, Math.min(clean.length(), KERNEL_NAME_LENGTH));
  }

  /** With a name replaced, its own or that of an initial inner map. */
  MapSpec renamed(String from, String to) {
    return new MapSpec(
        name.equals(from) ? to : name,
        shape,
        origin,
        inner.map(i -> i.renamed(from, to)),
        contents,
        frozen);
  }

  public MapSpec withShape(MapShape shape) {
    return new MapSpec(name, shape, origin, inner, contents, frozen);
  }

  /** The same with at most this many entries, if they are room; of an array they are indices. */
  public MapSpec clamped(int maxEntries) {
    return MapType.entriesAreRoom(type())
        ? withShape(shape.withMaxEntries(Math.min(shape.maxEntries(), maxEntries)))
        : this;
  }

  public MapSpec withContents(List<MapEntry> contents) {
    return new MapSpec(name, shape, origin, inner, contents, frozen);
  }

  /** Without BTF types, for a shape that the types no longer describe. */
  public MapSpec withoutTypes() {
    return new MapSpec(name, shape, new MapOrigin.Added(), inner, contents, frozen);
  }
}
