// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* How maps are declared: types, the legacy definition, names and ids of the program arrays. */
#ifndef TAILWALK_MAP_DEFS_H
#define TAILWALK_MAP_DEFS_H

#include "config.h"
#include "types.h"

enum bpf_map_type {
	BPF_MAP_TYPE_HASH = 1,
	BPF_MAP_TYPE_PROG_ARRAY = 3,
	BPF_MAP_TYPE_PERF_EVENT_ARRAY = 4,
	BPF_MAP_TYPE_PERCPU_HASH = 5,
	BPF_MAP_TYPE_PERCPU_ARRAY = 6,
	BPF_MAP_TYPE_LRU_HASH = 9,
	BPF_MAP_TYPE_LPM_TRIE = 11,
};

#define BPF_F_NO_PREALLOC 1
#ifdef PREALLOCATE_MAPS
# define CONDITIONAL_PREALLOC 0
#else
# define CONDITIONAL_PREALLOC BPF_F_NO_PREALLOC
#endif

/* The definition that iproute2 reads, in section `maps`. */
struct bpf_elf_map {
	__u32 type;
	__u32 size_key;
	__u32 size_value;
	__u32 max_elem;
	__u32 flags;
	__u32 id;
	__u32 pinning;
	__u32 inner_id;
	__u32 inner_idx;
};

_Static_assert(sizeof(struct bpf_elf_map) == 36, "legacy map definition");

#define PIN_GLOBAL_NS 2
#define POLICY_CALL_MAP_ID 1
#define CALLS_MAP_ID 2
#define CUSTOM_CALLS_MAP_ID 3
#define POLICY_EGRESSCALL_MAP_ID 4

#define POLICY_CALL_MAP cilium_call_policy
#define CALLS_MAP cilium_calls_65535
#define CUSTOM_CALLS_MAP cilium_calls_custom_65535
#define POLICY_EGRESSCALL_MAP cilium_egresscall_policy
#define POLICY_MAP cilium_policy_65535

#define PROG_ARRAY(NAME, ID, SLOTS)                                                                            \
	struct bpf_elf_map NAME __section("maps") = {                                                          \
		.type = BPF_MAP_TYPE_PROG_ARRAY,                                                               \
		.size_key = sizeof(__u32),                                                                     \
		.size_value = sizeof(__u32),                                                                   \
		.max_elem = (SLOTS),                                                                           \
		.id = (ID),                                                                                    \
		.pinning = PIN_GLOBAL_NS,                                                                      \
	}

#endif
