// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.platform.Check.Status;
import org.tailwalk.bpf.sys.Capability;

final class HostChecksTest {
  private record FakeMachine(
      Map<String, String> environment, Map<String, String> files, Map<String, String> commands)
      implements Machine {
    @Override
    public Optional<String> environment(String name) {
      return Optional.ofNullable(environment.get(name));
    }

    @Override
    public Optional<String> read(String path) {
      return Optional.ofNullable(files.get(path));
    }

    @Override
    public boolean exists(String path) {
      return files.containsKey(path);
    }

    @Override
    public Optional<String> run(String... command) {
      return Optional.ofNullable(commands.get(command[0]));
    }
  }

  private static Map<String, Check> checks(
      Machine machine, Set<Capability> held, String libpcap, String trouble) {
    return new HostChecks(machine, () -> held, () -> Optional.ofNullable(libpcap), () -> trouble)
        .all().stream().collect(Collectors.toMap(Check::subject, Function.identity()));
  }

  @Test
  void everythingThere() {
    Machine machine =
        new FakeMachine(
            Map.of("DISPLAY", ":0"),
            Map.of(
                "/proc/sys/kernel/osrelease", "6.18.1",
                "/sys/kernel/btf/vmlinux", "",
                "/proc/sys/net/core/bpf_jit_enable", "1",
                "/proc/sys/kernel/unprivileged_bpf_disabled", "2",
                "/sys/kernel/security/lockdown", "[none] integrity confidentiality",
                "/usr/lib64/libgtk-3.so.0", "",
                "/usr/bin/Xvfb", ""),
            Map.of("clang", "clang version 19", "fc-list", "Noto Sans CJK KR"));
    Map<String, Check> checks =
        checks(machine, EnumSet.allOf(Capability.class), "libpcap 1.10", "");
    assertThat(checks.values()).filteredOn(c -> c.status() == Status.MISSING).isEmpty();
    assertThat(checks.get("CJK font").status()).isEqualTo(Status.OK);
    assertThat(checks.get("kernel").finding()).isEqualTo("Linux 6.18.1");
    assertThat(checks.get("display").finding()).isEqualTo("X11 at :0");
    assertThat(checks.get("unprivileged BPF").finding()).isEqualTo("refused (2)");
  }

  @Test
  void nothingThereAndEachLineSaysWhatMendsIt() {
    Machine bare = new FakeMachine(Map.of(), Map.of(), Map.of());
    Map<String, Check> checks =
        checks(bare, EnumSet.noneOf(Capability.class), null, "unshare: EPERM");
    for (String subject :
        new String[] {
          "libpcap",
          "clang",
          "display",
          "GTK 3",
          "Xvfb",
          "CAP_BPF",
          "CAP_NET_ADMIN",
          "CAP_PERFMON",
          "CAP_SYS_ADMIN",
          "kernel engine"
        }) {
      Check check = checks.get(subject);
      assertThat(check.status()).as(subject).isEqualTo(Status.MISSING);
      assertThat(check.mend()).as(subject).isNotEmpty();
    }
    assertThat(checks.get("BTF").status()).isEqualTo(Status.INFO);
    assertThat(checks.get("CJK font").finding()).contains("apt-get install fonts-noto-cjk");
    assertThat(checks.get("kernel engine").finding()).startsWith("unshare: EPERM");
  }

  @Test
  void sysAdminStandsForBpfAndPerfmonButNotForNetAdmin() {
    Machine bare = new FakeMachine(Map.of(), Map.of(), Map.of());
    Map<String, Check> checks = checks(bare, EnumSet.of(Capability.CAP_SYS_ADMIN), null, "");
    assertThat(checks.get("CAP_BPF").finding()).isEqualTo("covered by CAP_SYS_ADMIN");
    assertThat(checks.get("CAP_PERFMON").status()).isEqualTo(Status.OK);
    assertThat(checks.get("CAP_NET_ADMIN").status()).isEqualTo(Status.MISSING);
  }

  @Test
  void interpreterAndConfidentialLockdownAreTold() {
    Machine machine =
        new FakeMachine(
            Map.of("WAYLAND_DISPLAY", "wayland-0"),
            Map.of(
                "/proc/sys/net/core/bpf_jit_enable", "0",
                "/sys/kernel/security/lockdown", "none integrity [confidentiality]"),
            Map.of());
    Map<String, Check> checks = checks(machine, Set.of(), null, "");
    assertThat(checks.get("BPF JIT").mend()).isEqualTo("sysctl net.core.bpf_jit_enable=1");
    assertThat(checks.get("lockdown").status()).isEqualTo(Status.MISSING);
    assertThat(checks.get("display").finding()).contains("XWayland");
  }

  @Test
  void foldersFollowTheXdgSpecification() {
    assertThat(UserFolders.folder(Map.of("XDG_CACHE_HOME", "/c"), "XDG_CACHE_HOME", ".cache"))
        .hasToString("/c/tailwalk");
    assertThat(UserFolders.folder(Map.of("XDG_CACHE_HOME", "c"), "XDG_CACHE_HOME", ".cache"))
        .as("relative paths are ignored")
        .hasToString(System.getProperty("user.home") + "/.cache/tailwalk");
  }
}
