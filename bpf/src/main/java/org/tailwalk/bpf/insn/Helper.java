// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

/** Kernel helpers by number (enum bpf_func_id), as far as Tailwalk has to know them. */
public final class Helper {
  public static final int MAP_LOOKUP_ELEM = 1;
  public static final int MAP_UPDATE_ELEM = 2;
  public static final int MAP_DELETE_ELEM = 3;
  public static final int KTIME_GET_NS = 5;
  public static final int GET_PRANDOM_U32 = 7;
  public static final int TAIL_CALL = 12;
  public static final int CLONE_REDIRECT = 13;
  public static final int REDIRECT = 23;
  public static final int PERF_EVENT_OUTPUT = 25;
  public static final int REDIRECT_MAP = 51;
  public static final int JIFFIES64 = 118;
  public static final int KTIME_GET_BOOT_NS = 125;
  public static final int REDIRECT_NEIGH = 152;
  public static final int REDIRECT_PEER = 155;
  public static final int KTIME_GET_COARSE_NS = 160;

  private Helper() {}

  /** How many of r1 to r5 a call reads; five where unknown, which is safe. */
  public static int arguments(int helper) {
    return switch (helper) {
      case KTIME_GET_NS, GET_PRANDOM_U32, JIFFIES64, KTIME_GET_BOOT_NS, KTIME_GET_COARSE_NS -> 0;
      case MAP_LOOKUP_ELEM, MAP_DELETE_ELEM, REDIRECT, REDIRECT_PEER -> 2;
      case TAIL_CALL, CLONE_REDIRECT, REDIRECT_MAP -> 3;
      case MAP_UPDATE_ELEM, REDIRECT_NEIGH -> 4;
      default -> 5;
    };
  }

  /** The helper's name in C, or its number. */
  public static String name(int helper) {
    return switch (helper) {
      case MAP_LOOKUP_ELEM -> "map_lookup_elem";
      case MAP_UPDATE_ELEM -> "map_update_elem";
      case MAP_DELETE_ELEM -> "map_delete_elem";
      case 4 -> "probe_read";
      case KTIME_GET_NS -> "ktime_get_ns";
      case 6 -> "trace_printk";
      case GET_PRANDOM_U32 -> "get_prandom_u32";
      case 8 -> "get_smp_processor_id";
      case 9 -> "skb_store_bytes";
      case 10 -> "l3_csum_replace";
      case 11 -> "l4_csum_replace";
      case TAIL_CALL -> "tail_call";
      case CLONE_REDIRECT -> "clone_redirect";
      case 18 -> "skb_vlan_push";
      case 19 -> "skb_vlan_pop";
      case 20 -> "skb_get_tunnel_key";
      case 21 -> "skb_set_tunnel_key";
      case REDIRECT -> "redirect";
      case PERF_EVENT_OUTPUT -> "perf_event_output";
      case 26 -> "skb_load_bytes";
      case 28 -> "csum_diff";
      case 29 -> "skb_get_tunnel_opt";
      case 30 -> "skb_set_tunnel_opt";
      case 31 -> "skb_change_proto";
      case 32 -> "skb_change_type";
      case 34 -> "get_hash_recalc";
      case 38 -> "skb_change_tail";
      case 39 -> "skb_pull_data";
      case 40 -> "csum_update";
      case 41 -> "set_hash_invalid";
      case 43 -> "skb_change_head";
      case 44 -> "xdp_adjust_head";
      case 48 -> "set_hash";
      case 50 -> "skb_adjust_room";
      case REDIRECT_MAP -> "redirect_map";
      case 54 -> "xdp_adjust_meta";
      case 65 -> "xdp_adjust_tail";
      case 69 -> "fib_lookup";
      case 79 -> "skb_ecn_set_ce";
      case 84 -> "sk_lookup_tcp";
      case 85 -> "sk_lookup_udp";
      case 86 -> "sk_release";
      case 99 -> "skc_lookup_tcp";
      case 124 -> "sk_assign";
      case JIFFIES64 -> "jiffies64";
      case KTIME_GET_BOOT_NS -> "ktime_get_boot_ns";
      case REDIRECT_NEIGH -> "redirect_neigh";
      case REDIRECT_PEER -> "redirect_peer";
      case KTIME_GET_COARSE_NS -> "ktime_get_coarse_ns";
      default -> "helper_" + helper;
    };
  }
}
