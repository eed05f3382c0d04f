// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.platform;

import static org.tailwalk.app.platform.Check.info;
import static org.tailwalk.app.platform.Check.missing;
import static org.tailwalk.app.platform.Check.ok;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.tailwalk.bpf.sys.Capability;

/**
 * What this machine and user can do, one check a line. To add a check: a method here, a line in
 * {@link #all}, a row in {@code HostChecksTest}.
 */
public final class HostChecks {
  /** What the kernel engine needs each capability for. */
  private static final Map<Capability, String> USES =
      Map.of(
          Capability.CAP_BPF, "maps and programs",
          Capability.CAP_NET_ADMIN, "programs of type sched_cls, devices of the private namespace",
          Capability.CAP_PERFMON, "trace points and the event ring",
          Capability.CAP_SYS_ADMIN, "the private network namespace");

  private static final String AS_ROOT = "sudo ./tailwalk ...";

  private final Machine machine;
  private final Supplier<Set<Capability>> capabilities;
  private final Supplier<Optional<String>> libpcap;
  private final Supplier<String> kernelEngineTrouble;

  /**
   * With everything that is asked.
   *
   * @param capabilities those in effect
   * @param libpcap its version text; empty when it can't be loaded
   * @param kernelEngineTrouble why the kernel engine can't run here; empty when it can
   */
  public HostChecks(
      Machine machine,
      Supplier<Set<Capability>> capabilities,
      Supplier<Optional<String>> libpcap,
      Supplier<String> kernelEngineTrouble) {
    this.machine = machine;
    this.capabilities = capabilities;
    this.libpcap = libpcap;
    this.kernelEngineTrouble = kernelEngineTrouble;
  }

  /** All checks, in the order in which a report shows them. */
  public List<Check> all() {
    List<Check> checks = new ArrayList<>();
    checks.add(jdk());
    checks.add(libpcap());
    checks.add(clang());
    checks.add(display());
    checks.add(gtk());
    checks.add(xvfb());
    checks.add(letters());
    checks.add(kernel());
    checks.addAll(capabilities());
    checks.add(btf());
    checks.add(jit());
    checks.add(unprivilegedBpf());
    checks.add(lockdown());
    checks.add(kernelEngine());
    checks.add(folder("log file", LogFile.path()));
    checks.add(folder("cache", UserFolders.cache().resolve("spool")));
    return checks;
  }

  private Check jdk() {
    return ok(
        "JDK",
        "%s (%s), %s"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor"),
                System.getProperty("java.home")));
  }

  private Check libpcap() {
    return libpcap
        .get()
        .map(version -> ok("libpcap", version))
        .orElseGet(() ->
            missing(
                "libpcap",
                "not found: pcap and pcapng are read without it, older formats and the packet tree"
                    + " are not",
                "apt-get install libpcap0.8"));
  }

  private Check clang() {
    return machine
        .run("clang", "--version")
        .map(version -> ok("clang", version))
        .orElseGet(() ->
            missing(
                "clang",
                "not found: the kernel engine compiles the bundled datapath with it",
                "apt-get install clang"));
  }

  /** Only who reads Korean or Chinese lacks anything without it. */
  private Check letters() {
    String subject = "CJK font";
    return Letters.known(machine, "ko").orElse(false)
        ? ok(subject, "Korean and Chinese letters are there")
        : info(
            subject,
            "none found: --language ko and zh need one; apt-get install " + Letters.PACKAGE);
  }

  private Check display() {
    Optional<String> x = machine.environment("DISPLAY");
    if (x.isPresent()) {
      return ok("display", "X11 at " + x.get());
    }
    return missing(
        "display",
        machine.environment("WAYLAND_DISPLAY").isPresent()
            ? "Wayland without XWayland, which the window needs"
            : "none (DISPLAY is not set)",
        "start it in a desktop session or with ssh -X; without: ./tailwalk replay CAPTURE, or"
            + " --screenshot FILE");
  }

  private Check gtk() {
    return library("GTK 3", "libgtk-3.so.0", "the window needs it", "apt-get install libgtk-3-0");
  }

  private Check library(String subject, String file, String use, String mend) {
    for (String folder :
        List.of(
            "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib")) {
      if (machine.exists(folder + "/" + file)) {
        return ok(subject, folder + "/" + file);
      }
    }
    return missing(subject, "not found: " + use, mend);
  }

  private Check xvfb() {
    for (String folder : List.of("/usr/bin", "/usr/local/bin")) {
      if (machine.exists(folder + "/Xvfb")) {
        return ok("Xvfb", folder + "/Xvfb");
      }
    }
    return missing(
        "Xvfb",
        "not found: --screenshot without a display and the tests need it",
        "apt-get install xvfb");
  }

  private Check kernel() {
    String release = machine.read("/proc/sys/kernel/osrelease").orElse("unknown");
    return ok("kernel", "Linux " + release);
  }

  private List<Check> capabilities() {
    Set<Capability> held = capabilities.get();
    boolean admin = held.contains(Capability.CAP_SYS_ADMIN);
    List<Check> checks = new ArrayList<>();
    for (Capability c :
        List.of(
            Capability.CAP_BPF,
            Capability.CAP_NET_ADMIN,
            Capability.CAP_PERFMON,
            Capability.CAP_SYS_ADMIN)) {
      boolean covered = admin && c != Capability.CAP_NET_ADMIN;
      if (held.contains(c)) {
        checks.add(ok(c.name(), "in effect"));
      } else if (covered) {
        checks.add(ok(c.name(), "covered by CAP_SYS_ADMIN"));
      } else {
        checks.add(missing(c.name(), "not in effect; for " + USES.get(c), AS_ROOT));
      }
    }
    return checks;
  }

  private Check btf() {
    return machine.exists("/sys/kernel/btf/vmlinux")
        ? ok("BTF", "/sys/kernel/btf/vmlinux")
        : info("BTF", "the kernel has none (not needed: objects bring their own)");
  }

  private Check jit() {
    String path = "/proc/sys/net/core/bpf_jit_enable";
    return machine
        .read(path)
        .map(value ->
            value.equals("0")
                ? missing(
                    "BPF JIT",
                    "off: programs are interpreted, several times slower",
                    "sysctl net.core.bpf_jit_enable=1")
                : ok("BPF JIT", "on (" + value + ")"))
        .orElseGet(() -> info("BPF JIT", "unknown: " + path + " can't be read"));
  }

  private Check unprivilegedBpf() {
    return machine
        .read("/proc/sys/kernel/unprivileged_bpf_disabled")
        .map(value ->
            info("unprivileged BPF", value.equals("0") ? "allowed (0)" : "refused (" + value + ")"))
        .orElseGet(() -> info("unprivileged BPF", "unknown"));
  }

  private Check lockdown() {
    return machine
        .read("/sys/kernel/security/lockdown")
        .map(value ->
            value.contains("[confidentiality]")
                ? missing(
                    "lockdown",
                    value + ": the kernel refuses BPF reads of its memory",
                    "start the kernel with lockdown=integrity or none")
                : ok("lockdown", value))
        .orElseGet(() -> info("lockdown", "not there"));
  }

  private Check kernelEngine() {
    String trouble = kernelEngineTrouble.get();
    return trouble.isEmpty()
        ? ok("kernel engine", "a private network namespace, a pinned thread and a map could be had")
        : missing("kernel engine", trouble + ". The model works without it", AS_ROOT);
  }

  private static Check folder(String subject, Path path) {
    Path parent = path;
    while (parent != null && !Files.exists(parent)) {
      parent = parent.getParent();
    }
    return parent != null && Files.isWritable(parent)
        ? ok(subject, path.toString())
        : missing(subject, path + " can't be written", "chown it, or set the XDG_*_HOME variable");
  }
}
