// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* All maps of 2020, in place of lib/maps.h: legacy definitions without types. */
#ifndef TAILWALK_MAPS_H
#define TAILWALK_MAPS_H

#include "../lib/map_defs.h"
#include "era.h"

#define CILIUM_CALL_SIZE 25

/* Only program arrays have an id: it ties a program's section to its slot. */
#define LEGACY_MAP(NAME, TYPE, KEY, VALUE, ENTRIES, FLAGS)                                                     \
	struct bpf_elf_map NAME __section("maps") = {                                                          \
		.type = (TYPE),                                                                                \
		.size_key = sizeof(KEY),                                                                       \
		.size_value = sizeof(VALUE),                                                                   \
		.max_elem = (ENTRIES),                                                                         \
		.flags = (FLAGS),                                                                              \
		.pinning = PIN_GLOBAL_NS,                                                                      \
	}

PROG_ARRAY(POLICY_CALL_MAP, POLICY_CALL_MAP_ID, POLICY_PROG_MAP_SIZE);
PROG_ARRAY(CALLS_MAP, CALLS_MAP_ID, CILIUM_CALL_SIZE);

LEGACY_MAP(cilium_lxc, BPF_MAP_TYPE_HASH, struct endpoint_key, struct endpoint_info, ENDPOINTS_MAP_SIZE,
	   CONDITIONAL_PREALLOC);
LEGACY_MAP(cilium_metrics, BPF_MAP_TYPE_PERCPU_HASH, struct metrics_key, struct metrics_value, METRICS_MAP_SIZE,
	   CONDITIONAL_PREALLOC);
LEGACY_MAP(POLICY_MAP, BPF_MAP_TYPE_HASH, struct policy_key, struct policy_entry, POLICY_MAP_SIZE,
	   CONDITIONAL_PREALLOC);
LEGACY_MAP(cilium_ipcache, BPF_MAP_TYPE_LPM_TRIE, struct ipcache_key, struct remote_endpoint_info, IPCACHE_MAP_SIZE,
	   BPF_F_NO_PREALLOC);
LEGACY_MAP(cilium_events, BPF_MAP_TYPE_PERF_EVENT_ARRAY, __u32, __u32, PERF_MAP_SIZE, 0);
LEGACY_MAP(cilium_signals, BPF_MAP_TYPE_PERF_EVENT_ARRAY, __u32, __u32, PERF_MAP_SIZE, 0);

#ifdef HAVE_LRU_HASH_MAP_TYPE
# define CT_MAP_TYPE BPF_MAP_TYPE_LRU_HASH
# define CT_MAP_FLAGS 0
#else
# define CT_MAP_TYPE BPF_MAP_TYPE_HASH
# define CT_MAP_FLAGS CONDITIONAL_PREALLOC
#endif

#ifdef ENABLE_IPV4
LEGACY_MAP(cilium_ct4_global, CT_MAP_TYPE, struct ipv4_ct_tuple, struct ct_entry, CT_MAP_SIZE_TCP, CT_MAP_FLAGS);
LEGACY_MAP(cilium_ct_any4_global, CT_MAP_TYPE, struct ipv4_ct_tuple, struct ct_entry, CT_MAP_SIZE_ANY, CT_MAP_FLAGS);
# ifdef ENABLE_IPV4_FRAGMENTS
LEGACY_MAP(cilium_ipv4_frag_datagrams, BPF_MAP_TYPE_LRU_HASH, struct ipv4_frag_id, struct ipv4_frag_l4ports,
	   IPV4_FRAG_MAP_SIZE, 0);
# endif
LEGACY_MAP(cilium_lb4_reverse_nat, BPF_MAP_TYPE_HASH, __u16, struct lb4_reverse_nat, LB_MAP_SIZE, CONDITIONAL_PREALLOC);
# ifdef ENABLE_PER_PACKET_LB
LEGACY_MAP(cilium_lb4_services_v2, BPF_MAP_TYPE_HASH, struct lb4_key, struct lb_service, LB_MAP_SIZE,
	   CONDITIONAL_PREALLOC);
LEGACY_MAP(cilium_lb4_backends_v2, BPF_MAP_TYPE_HASH, __u32, struct lb4_backend, LB_MAP_SIZE, CONDITIONAL_PREALLOC);
#  ifdef ENABLE_SESSION_AFFINITY
LEGACY_MAP(cilium_lb4_affinity, BPF_MAP_TYPE_LRU_HASH, struct lb4_affinity_key, struct lb_affinity_val, LB_MAP_SIZE, 0);
#  endif
# endif
#endif

#ifdef ENABLE_IPV6
LEGACY_MAP(cilium_ct6_global, CT_MAP_TYPE, struct ipv6_ct_tuple, struct ct_entry, CT_MAP_SIZE_TCP, CT_MAP_FLAGS);
LEGACY_MAP(cilium_ct_any6_global, CT_MAP_TYPE, struct ipv6_ct_tuple, struct ct_entry, CT_MAP_SIZE_ANY, CT_MAP_FLAGS);
LEGACY_MAP(cilium_lb6_reverse_nat, BPF_MAP_TYPE_HASH, __u16, struct lb6_reverse_nat, LB_MAP_SIZE, CONDITIONAL_PREALLOC);
# ifdef ENABLE_PER_PACKET_LB
LEGACY_MAP(cilium_lb6_services_v2, BPF_MAP_TYPE_HASH, struct lb6_key, struct lb_service, LB_MAP_SIZE,
	   CONDITIONAL_PREALLOC);
LEGACY_MAP(cilium_lb6_backends_v2, BPF_MAP_TYPE_HASH, __u32, struct lb6_backend, LB_MAP_SIZE, CONDITIONAL_PREALLOC);
#  ifdef ENABLE_SESSION_AFFINITY
LEGACY_MAP(cilium_lb6_affinity, BPF_MAP_TYPE_LRU_HASH, struct lb6_affinity_key, struct lb_affinity_val, LB_MAP_SIZE, 0);
#  endif
# endif
#endif

#ifdef ENABLE_SESSION_AFFINITY
LEGACY_MAP(cilium_lb_affinity_match, BPF_MAP_TYPE_HASH, struct lb_affinity_match, __u8, LB_MAP_SIZE,
	   CONDITIONAL_PREALLOC);
#endif

#endif
