// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.tailwalk.bpf.elf.MapType;
import org.tailwalk.bpf.sys.Bpf;
import org.tailwalk.bpf.sys.BpfElements;
import org.tailwalk.bpf.sys.Errno;
import org.tailwalk.bpf.sys.Fd;
import org.tailwalk.bpf.sys.Mmap;
import org.tailwalk.bpf.sys.NativeBuffer;
import org.tailwalk.bpf.sys.SysException;

/**
 * A map in the kernel: for one thread at a time. Keys and values are the bytes as they stand in
 * memory. A value of a per-CPU map is the values of all possible CPUs one after the other, each
 * rounded up to 8 bytes.
 */
public final class BpfMap implements AutoCloseable {
  /** Update whether or not the key exists. */
  public static final long ANY = 0;

  private static final int BATCH = 4096;
  private static final int BATCH_BYTES = 1 << 22;

  private final String name;
  private final Bpf.MapAttr attr;
  private final Fd fd;
  private final int userValueSize;
  private final BpfElements elements;

  /** One element; whole-object equality is by content. */
  public record Entry(byte[] key, byte[] value) {
    @Override
    public boolean equals(Object o) {
      return o instanceof Entry(byte[] k, byte[] v)
          && Arrays.equals(key, k)
          && Arrays.equals(value, v);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(key) + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return HexFormat.of().formatHex(key) + "=" + HexFormat.of().formatHex(value);
    }
  }

  private BpfMap(String name, Bpf.MapAttr attr, Fd fd) {
    this.name = name;
    this.attr = attr;
    this.fd = fd;
    int size = attr.valueSize();
    this.userValueSize =
        MapType.isPerCpu(attr.type()) ? (size + 7) / 8 * 8 * Cpus.possible() : size;
    this.elements = new BpfElements(fd, attr.keySize(), userValueSize);
  }

  /**
   * Creates a map. The kernel's own name is cut to 15 characters; {@code name} stays whole here.
   *
   * @throws LoadException naming the map, the sizes that were refused, or the missing capability
   */
  public static BpfMap create(String name, Bpf.MapAttr attr) throws LoadException {
    try {
      return new BpfMap(name, attr, Bpf.createMap(attr));
    } catch (SysException e) {
      throw new LoadException("map \"" + name + "\"" + creationHint(attr, e.errno()), e);
    }
  }

  private static String creationHint(Bpf.MapAttr a, int errno) {
    return switch (errno) {
      case Errno.EINVAL, Errno.E2BIG ->
          " (type %d, key %d bytes, value %d bytes, %d entries, flags 0x%x)"
              .formatted(a.type(), a.keySize(), a.valueSize(), a.maxEntries(), a.flags());
      case Errno.ENOMEM -> " (" + a.maxEntries() + " entries: lower the limit for a replay)";
      default -> "";
    };
  }

  public String name() {
    return name;
  }

  public int type() {
    return attr.type();
  }

  public int keySize() {
    return attr.keySize();
  }

  /** Bytes of one value in the kernel; see the class for what user space sees of a per-CPU map. */
  public int valueSize() {
    return attr.valueSize();
  }

  /** Bytes that {@link #lookup} returns and {@link #update} takes. */
  public int userValueSize() {
    return userValueSize;
  }

  public int maxEntries() {
    return attr.maxEntries();
  }

  public Fd fd() {
    return fd;
  }

  public int id() throws SysException {
    return Bpf.id(Bpf.Kind.MAP, fd);
  }

  /** The value under {@code key}, or none. */
  public Optional<byte[]> lookup(byte[] key) throws LoadException {
    elements.key().put(0, checked(key, attr.keySize(), "key"));
    int errno = elements.lookup();
    if (errno == Errno.ENOENT) {
      return Optional.empty();
    }
    require(errno, "look up", key);
    return Optional.of(elements.value().bytes(0, userValueSize));
  }

  public void update(byte[] key, byte[] value) throws LoadException {
    require(tryUpdate(key, value, ANY), "update", key);
  }

  /** As {@link #update}, giving the errno instead of an exception: 0 when stored. */
  public int tryUpdate(byte[] key, byte[] value, long flags) {
    elements.key().put(0, checked(key, attr.keySize(), "key"));
    elements.value().put(0, checked(value, userValueSize, "value"));
    return elements.update(flags);
  }

  /** False when there was no such key. */
  public boolean delete(byte[] key) throws LoadException {
    elements.key().put(0, checked(key, attr.keySize(), "key"));
    int errno = elements.delete();
    if (errno == Errno.ENOENT) {
      return false;
    }
    require(errno, "delete", key);
    return true;
  }

  /** Puts a program, map or perf ring into a slot of an array of descriptors. */
  public void putFd(int index, Fd target) throws LoadException {
    elements.key().putInt(0, index);
    elements.value().putInt(0, target.number());
    require(elements.update(ANY), "set slot " + index, new byte[0]);
  }

  /** Empties a slot of an array of descriptors; false when it was empty. */
  public boolean removeFd(int index) throws LoadException {
    elements.key().putInt(0, index);
    int errno = elements.delete();
    if (errno == Errno.ENOENT) {
      return false;
    }
    require(errno, "empty slot " + index, new byte[0]);
    return true;
  }

  /** From now on user space cannot write, and the verifier may rely on the values. */
  void freeze() throws LoadException {
    require(Bpf.freezeMap(fd), "freeze", new byte[0]);
  }

  /** Maps the values of an ARRAY created with BPF_F_MMAPABLE (0x400). */
  public NativeBuffer mmap() throws LoadException {
    try {
      long stride = (attr.valueSize() + 7L) / 8 * 8;
      return Mmap.shared(fd, stride * attr.maxEntries());
    } catch (SysException e) {
      throw new LoadException("map \"" + name + "\"", e);
    }
  }

  /** All elements, read in batches, in the kernel's order. */
  public List<Entry> entries() throws LoadException {
    int count = Math.max(16, Math.min(BATCH, BATCH_BYTES / (userValueSize + attr.keySize())));
    count = Math.min(count, Math.max(attr.maxEntries(), 16));
    while (true) {
      List<Entry> found = new ArrayList<>();
      int errno = readBatches(count, found);
      if (errno == Errno.ENOENT) {
        return found;
      }
      if (errno == Errno.ENOSPC) {
        count *= 4; // one bucket holds more elements than the buffers
      } else if (unsupported(errno)) {
        return entriesOneByOne();
      } else {
        require(errno, "read in batches", new byte[0]);
      }
    }
  }

  private int readBatches(int count, List<Entry> into) {
    try (NativeBuffer cursor = NativeBuffer.scratch(Math.max(64, attr.keySize()));
        NativeBuffer keys = NativeBuffer.scratch((long) count * attr.keySize());
        NativeBuffer values = NativeBuffer.scratch((long) count * userValueSize)) {
      for (boolean first = true; ; first = false) {
        BpfElements.Batch batch = elements.lookupBatch(first, cursor, keys, values, count);
        boolean end = batch.errno() == Errno.ENOENT;
        if (batch.errno() != 0 && !end) {
          return batch.errno();
        }
        for (int i = 0; i < batch.count(); i++) {
          into.add(
              new Entry(
                  keys.bytes((long) i * attr.keySize(), attr.keySize()),
                  values.bytes((long) i * userValueSize, userValueSize)));
        }
        if (end) {
          return Errno.ENOENT;
        }
      }
    }
  }

  private List<Entry> entriesOneByOne() throws LoadException {
    List<Entry> found = new ArrayList<>();
    int errno = elements.firstKey();
    while (errno == 0) {
      byte[] key = elements.value().bytes(0, attr.keySize());
      lookup(key).ifPresent(value -> found.add(new Entry(key, value)));
      elements.key().put(0, key);
      errno = elements.nextKey();
    }
    if (errno != Errno.ENOENT) {
      require(errno, "walk keys", new byte[0]);
    }
    return found;
  }

  /** Stores all elements, in batches where the kernel can. */
  public void updateAll(List<Entry> entries) throws LoadException {
    for (int from = 0; from < entries.size(); from += BATCH) {
      updateSome(entries.subList(from, Math.min(entries.size(), from + BATCH)));
    }
  }

  private void updateSome(List<Entry> some) throws LoadException {
    try (NativeBuffer keys = NativeBuffer.scratch((long) some.size() * attr.keySize());
        NativeBuffer values = NativeBuffer.scratch((long) some.size() * userValueSize)) {
      for (int i = 0; i < some.size(); i++) {
        keys.put((long) i * attr.keySize(), checked(some.get(i).key(), attr.keySize(), "key"));
        values.put((long) i * userValueSize, checked(some.get(i).value(), userValueSize, "value"));
      }
      BpfElements.Batch batch = elements.updateBatch(keys, values, some.size());
      if (unsupported(batch.errno())) {
        for (Entry e : some) {
          update(e.key(), e.value());
        }
      } else {
        require(batch.errno(), "update " + some.size() + " elements", new byte[0]);
      }
    }
  }

  /** Deletes every element; sets the values of an array to zeros. Not for arrays of descriptors. */
  public void clear() throws LoadException {
    List<Entry> all = entries();
    if (all.isEmpty()) {
      return;
    }
    if (attr.type() == MapType.ARRAY || attr.type() == MapType.PERCPU_ARRAY) {
      byte[] zero = new byte[userValueSize];
      updateAll(all.stream().map(e -> new Entry(e.key(), zero)).toList());
      return;
    }
    try (NativeBuffer keys = NativeBuffer.scratch((long) all.size() * attr.keySize())) {
      for (int i = 0; i < all.size(); i++) {
        keys.put((long) i * attr.keySize(), all.get(i).key());
      }
      BpfElements.Batch batch = elements.deleteBatch(keys, all.size());
      if (unsupported(batch.errno())) {
        for (Entry e : all) {
          delete(e.key());
        }
      } else {
        require(batch.errno(), "delete " + all.size() + " elements", new byte[0]);
      }
    }
  }

  // EINVAL is what kernels before the batch commands answer; the arguments are ours and right.
  private static boolean unsupported(int errno) {
    return errno == Errno.ENOTSUPP || errno == Errno.EOPNOTSUPP || errno == Errno.EINVAL;
  }

  private static byte[] checked(byte[] bytes, int size, String what) {
    if (bytes.length != size) {
      throw new IllegalArgumentException(
          what + " of " + bytes.length + " bytes, the map has " + size);
    }
    return bytes;
  }

  private void require(int errno, String what, byte[] key) throws LoadException {
    if (errno == 0) {
      return;
    }
    String why =
        switch (errno) {
          case Errno.E2BIG ->
              "beyond the last index, or all " + attr.maxEntries() + " entries are taken";
          case Errno.ENOSPC -> "all " + attr.maxEntries() + " entries are taken";
          case Errno.EINVAL -> "not possible for a map of type " + attr.type() + " or such a value";
          case Errno.EEXIST -> "the key is there already";
          case Errno.ENOENT -> "the key is not there";
          case Errno.EPERM, Errno.EACCES -> "the map refuses this access";
          default -> "";
        };
    String at = key.length == 0 ? "" : " key " + HexFormat.of().formatHex(key);
    throw new LoadException(
        "map \""
            + name
            + "\": "
            + what
            + at
            + ": "
            + Errno.name(errno)
            + (why.isEmpty() ? "" : ": " + why),
        errno);
  }

  @Override
  public void close() {
    elements.close();
    fd.close();
  }
}
