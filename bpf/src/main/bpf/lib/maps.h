// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Maps. Program arrays use the legacy definition, whose id ties a program's section to its slot; all others are
 * described by BTF. Names with 65535 are the template's and are renamed per endpoint.
 */
#ifndef TAILWALK_MAPS_H
#define TAILWALK_MAPS_H

#include "layout.h"
#include "map_defs.h"

PROG_ARRAY(POLICY_CALL_MAP, POLICY_CALL_MAP_ID, POLICY_PROG_MAP_SIZE);
PROG_ARRAY(CALLS_MAP, CALLS_MAP_ID, 38);
#ifdef ENABLE_CUSTOM_CALLS
PROG_ARRAY(CUSTOM_CALLS_MAP, CUSTOM_CALLS_MAP_ID, 4);
#endif
#ifdef ENABLE_L7_LB
PROG_ARRAY(POLICY_EGRESSCALL_MAP, POLICY_EGRESSCALL_MAP_ID, POLICY_PROG_MAP_SIZE);
#endif

/* BTF definitions. */
#define LIBBPF_PIN_BY_NAME 1
#define __uint(NAME, VALUE) int(*NAME)[VALUE]
#define __type(NAME, TYPE) TYPE *NAME

#define BTF_MAP(NAME, TYPE, KEY, VALUE, ENTRIES, FLAGS)                                                        \
	struct {                                                                                               \
		__uint(type, TYPE);                                                                            \
		__type(key, KEY);                                                                              \
		__type(value, VALUE);                                                                          \
		__uint(pinning, LIBBPF_PIN_BY_NAME);                                                           \
		__uint(max_entries, ENTRIES);                                                                  \
		__uint(map_flags, FLAGS);                                                                      \
	} NAME __section(".maps")

BTF_MAP(cilium_lxc, BPF_MAP_TYPE_HASH, struct endpoint_key, struct endpoint_info, ENDPOINTS_MAP_SIZE,
	CONDITIONAL_PREALLOC);
BTF_MAP(cilium_metrics, BPF_MAP_TYPE_PERCPU_HASH, struct metrics_key, struct metrics_value, METRICS_MAP_SIZE,
	CONDITIONAL_PREALLOC);
BTF_MAP(POLICY_MAP, BPF_MAP_TYPE_HASH, struct policy_key, struct policy_entry, POLICY_MAP_SIZE,
	CONDITIONAL_PREALLOC);
BTF_MAP(cilium_ipcache, BPF_MAP_TYPE_LPM_TRIE, struct ipcache_key, struct remote_endpoint_info, IPCACHE_MAP_SIZE,
	BPF_F_NO_PREALLOC);
BTF_MAP(cilium_events, BPF_MAP_TYPE_PERF_EVENT_ARRAY, __u32, __u32, PERF_MAP_SIZE, 0);
BTF_MAP(cilium_signals, BPF_MAP_TYPE_PERF_EVENT_ARRAY, __u32, __u32, PERF_MAP_SIZE, 0);

#ifdef HAVE_LRU_HASH_MAP_TYPE
# define CT_MAP_TYPE BPF_MAP_TYPE_LRU_HASH
# define CT_MAP_FLAGS 0
#else
# define CT_MAP_TYPE BPF_MAP_TYPE_HASH
# define CT_MAP_FLAGS CONDITIONAL_PREALLOC
#endif

/* The hand-over buffers are private: not pinned, one per set of programs. */
#define CT_BUFFER_MAP(NAME, VALUE)                                                                             \
	struct {                                                                                               \
		__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);                                                       \
		__type(key, __u32);                                                                            \
		__type(value, VALUE);                                                                          \
		__uint(max_entries, 1);                                                                        \
	} NAME __section(".maps")

#ifdef ENABLE_IPV4
BTF_MAP(cilium_ct4_global, CT_MAP_TYPE, struct ipv4_ct_tuple, struct ct_entry, CT_MAP_SIZE_TCP, CT_MAP_FLAGS);
BTF_MAP(cilium_ct_any4_global, CT_MAP_TYPE, struct ipv4_ct_tuple, struct ct_entry, CT_MAP_SIZE_ANY, CT_MAP_FLAGS);
CT_BUFFER_MAP(cilium_tail_call_buffer4, struct ct_buffer4);
# ifdef ENABLE_IPV4_FRAGMENTS
BTF_MAP(cilium_ipv4_frag_datagrams, BPF_MAP_TYPE_LRU_HASH, struct ipv4_frag_id, struct ipv4_frag_l4ports,
	IPV4_FRAG_MAP_SIZE, 0);
# endif
BTF_MAP(cilium_lb4_reverse_nat, BPF_MAP_TYPE_HASH, __u16, struct lb4_reverse_nat, LB_MAP_SIZE, CONDITIONAL_PREALLOC);
# ifdef ENABLE_PER_PACKET_LB
BTF_MAP(cilium_lb4_services_v2, BPF_MAP_TYPE_HASH, struct lb4_key, struct lb_service, LB_MAP_SIZE,
	CONDITIONAL_PREALLOC);
BTF_MAP(cilium_lb4_backends_v2, BPF_MAP_TYPE_HASH, __u32, struct lb4_backend, LB_MAP_SIZE, CONDITIONAL_PREALLOC);
#  ifdef ENABLE_SESSION_AFFINITY
BTF_MAP(cilium_lb4_affinity, BPF_MAP_TYPE_LRU_HASH, struct lb4_affinity_key, struct lb_affinity_val, LB_MAP_SIZE, 0);
#  endif
# endif
#endif

#ifdef ENABLE_IPV6
BTF_MAP(cilium_ct6_global, CT_MAP_TYPE, struct ipv6_ct_tuple, struct ct_entry, CT_MAP_SIZE_TCP, CT_MAP_FLAGS);
BTF_MAP(cilium_ct_any6_global, CT_MAP_TYPE, struct ipv6_ct_tuple, struct ct_entry, CT_MAP_SIZE_ANY, CT_MAP_FLAGS);
CT_BUFFER_MAP(cilium_tail_call_buffer6, struct ct_buffer6);
BTF_MAP(cilium_lb6_reverse_nat, BPF_MAP_TYPE_HASH, __u16, struct lb6_reverse_nat, LB_MAP_SIZE, CONDITIONAL_PREALLOC);
# ifdef ENABLE_PER_PACKET_LB
BTF_MAP(cilium_lb6_services_v2, BPF_MAP_TYPE_HASH, struct lb6_key, struct lb_service, LB_MAP_SIZE,
	CONDITIONAL_PREALLOC);
BTF_MAP(cilium_lb6_backends_v2, BPF_MAP_TYPE_HASH, __u32, struct lb6_backend, LB_MAP_SIZE, CONDITIONAL_PREALLOC);
#  ifdef ENABLE_SESSION_AFFINITY
BTF_MAP(cilium_lb6_affinity, BPF_MAP_TYPE_LRU_HASH, struct lb6_affinity_key, struct lb_affinity_val, LB_MAP_SIZE, 0);
#  endif
# endif
#endif

#ifdef ENABLE_SESSION_AFFINITY
BTF_MAP(cilium_lb_affinity_match, BPF_MAP_TYPE_HASH, struct lb_affinity_match, __u8, LB_MAP_SIZE,
	CONDITIONAL_PREALLOC);
#endif

#endif
