// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tailwalk.bpf.load.LoadException;
import org.tailwalk.bpf.sys.Bpf;
import org.tailwalk.bpf.sys.Errno;
import org.tailwalk.bpf.sys.Links;
import org.tailwalk.bpf.sys.SysException;
import org.tailwalk.bpf.sys.Threads;

/**
 * Programs in this process: one pinned platform thread with a network namespace of its own, in
 * which the scenario's interfaces exist as devices that lead nowhere.
 */
public final class InProcessHost implements KernelHost {
  /** Drivers of a device that lead nowhere, the best first; kernels differ in what they have. */
  private static final List<String> KINDS = List.of("dummy", "ifb", "bridge");

  private static final int LOOPBACK = 1;

  /** BPF_MAP_TYPE_ARRAY of linux/bpf.h. */
  private static final int ARRAY = 2;

  private final PinnedThread thread;
  private final int cpu;
  private final Set<Integer> interfaces = new HashSet<>();
  private final List<InProcessSession> sessions = new ArrayList<>();

  private InProcessHost(PinnedThread thread, int cpu) {
    this.thread = thread;
    this.cpu = cpu;
  }

  /**
   * Opens a host on one CPU.
   *
   * @throws SysException naming the missing capability
   */
  public static InProcessHost open(int cpu) throws SysException {
    PinnedThread thread = new PinnedThread("tailwalk-kernel-" + cpu);
    InProcessHost host = new InProcessHost(thread, cpu);
    try {
      thread.call(() -> {
        Threads.pin(cpu);
        Threads.unshareNetwork();
        // A seccomp filter may let all of this through, and no bpf(2): told before a load is begun.
        Bpf.createMap(Bpf.MapAttr.plain(ARRAY, Integer.BYTES, Integer.BYTES, 1, 0, "probe"))
            .close();
        try (Links links = Links.open()) {
          links.up(LOOPBACK);
        }
        return host.interfaces.add(LOOPBACK);
      });
      return host;
    } catch (SysException e) {
      thread.close();
      throw e;
    } catch (IOException e) {
      thread.close();
      throw new IllegalStateException(e);
    } catch (RuntimeException | Error e) {
      thread.close();
      throw e;
    }
  }

  /** Opens a host on the last CPU that this process may use. */
  public static InProcessHost open() throws SysException {
    return open(AllowedCpus.last());
  }

  @Override
  public String description() {
    return System.getProperty("os.version") + ", in this process";
  }

  @Override
  public synchronized RawSession load(LoadPlan plan) throws LoadException {
    try {
      InProcessSession session =
          thread.call(() -> {
            addInterfaces(plan.interfaces());
            return InProcessSession.load(plan, thread, cpu);
          });
      sessions.removeIf(InProcessSession::closed);
      sessions.add(session);
      return session;
    } catch (LoadException e) {
      throw e;
    } catch (SysException e) {
      throw new LoadException("prepare network namespace", e);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void addInterfaces(List<LoadPlan.Interface> wanted) throws SysException {
    try (Links links = Links.open()) {
      for (LoadPlan.Interface device : wanted) {
        if (!interfaces.contains(device.ifindex())) {
          create(links, device);
          links.up(device.ifindex());
          interfaces.add(device.ifindex());
        }
      }
    }
  }

  private static void create(Links links, LoadPlan.Interface device) throws SysException {
    for (String kind : KINDS) {
      try {
        links.create(device.name(), device.ifindex(), kind, device.mac().toBytes());
        return;
      } catch (SysException e) {
        boolean absent = e.errno() == Errno.EOPNOTSUPP;
        if (!absent || kind.equals(KINDS.getLast())) {
          throw e;
        }
      }
    }
  }

  @Override
  public synchronized void close() {
    sessions.forEach(InProcessSession::close);
    sessions.clear();
    thread.close();
  }
}
